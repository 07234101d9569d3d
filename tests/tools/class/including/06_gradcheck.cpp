// Hostile: the solution, by its path on the machine.
#include "@ROOT@/solutions/01_foundations/06_gradcheck.cpp"
