#include "student/demo.hpp"

namespace gradbook {
int run_demo(const Workshop&, const DemoOptions&) { return 2; }
}  // namespace gradbook
