// Hostile: the solution, by a path from where exercises stand.
#include "../../../solutions/02_scalar/02_topological_sort.cpp"
