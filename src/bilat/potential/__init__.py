"""Where growth can come from: indicators, complexity, export potential, gravity, equilibrium."""
