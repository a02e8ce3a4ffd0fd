"""Documents: treaties, roadmaps and agreements, their life, their files, the folder of a visit."""
