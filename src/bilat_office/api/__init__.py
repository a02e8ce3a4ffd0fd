"""The office for programs: everything that the pages do, as JSON over HTTP.

A view makes one domain call and translates. Who asks is `asking`; what goes wrong is `problems`;
what a request may weigh is `guard` and `bodies`. One module for each subject; `site` joins them.
"""
