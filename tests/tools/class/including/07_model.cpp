// Hostile: the hidden cases, by their path on the machine, to print them in compiler messages.
#include "@ROOT@/tests/02_scalar/hidden/07_model_cases.cpp"
#error "these were the hidden cases"
