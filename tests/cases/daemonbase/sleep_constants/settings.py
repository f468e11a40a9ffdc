"""Constants of the project."""
# rule: DMN302
# case: multi-file

DELAY = 2
SHORT = 0.05
