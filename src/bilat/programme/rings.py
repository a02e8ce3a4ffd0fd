"""Rings in a graph of references: who leads back to itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping


def rings(edges: Mapping[str, tuple[str, ...]]) -> Iterator[list[str]]:
    """One ring of each knot of nodes that can all reach one another, written [a, b, a].

    edges: node → the nodes that it leads to; unknown nodes are ignored. Knots are the strongly
    connected components, after Kosaraju: time grows with nodes and edges, and nothing recurses.
    """
    backward: dict[str, list[str]] = {node: [] for node in edges}
    for node, following in edges.items():
        for step in following:
            if step in backward:
                backward[step].append(node)
    seen: set[str] = set()
    for start in reversed(_finished(edges)):
        if start not in seen:
            knot = _reach(start, backward, seen)
            if len(knot) > 1 or start in edges[start]:
                yield _ring(start, knot, edges)


def _finished(edges: Mapping[str, tuple[str, ...]]) -> list[str]:
    """All nodes, each after everything that it leads to (depth first)."""
    order: list[str] = []
    seen: set[str] = set()
    for start in edges:
        if start in seen:
            continue
        seen.add(start)
        stack = [(start, iter(edges[start]))]
        while stack:
            node, following = stack[-1]
            fresh = next((step for step in following if step in edges and step not in seen), None)
            if fresh is None:
                order.append(node)
                stack.pop()
            else:
                seen.add(fresh)
                stack.append((fresh, iter(edges[fresh])))
    return order


def _reach(start: str, backward: Mapping[str, list[str]], seen: set[str]) -> set[str]:
    found, stack = {start}, [start]
    seen.add(start)
    while stack:
        for node in backward[stack.pop()]:
            if node not in seen:
                seen.add(node)
                found.add(node)
                stack.append(node)
    return found


def _ring(start: str, knot: set[str], edges: Mapping[str, tuple[str, ...]]) -> list[str]:
    """The shortest way from ``start`` back to itself inside its knot."""
    before: dict[str, str] = {}
    queue = [start]
    for node in queue:
        for step in edges[node]:
            if step == start:
                ring = [node]
                while ring[-1] != start:
                    ring.append(before[ring[-1]])
                return [*reversed(ring), start]
            if step in knot and step not in before:
                before[step] = node
                queue.append(step)
    return [start, start]
