#include "bench/bench.hpp"

namespace gradbook {
int run_bench(const Workshop&, const BenchOptions&) { return 2; }
}  // namespace gradbook
