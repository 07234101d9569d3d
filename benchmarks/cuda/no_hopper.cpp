// Where the program is built without the instructions of compute capability 9.0.
#include "contenders.hpp"
#include "hopper.hpp"

namespace gradbook::bench {

Contender hopper_rung() {
  return {.name = kHopperName,
          .numbers = Numbers::bfloat16,
          .absent = [](int) { return std::string("the program has no wgmma and TMA"); },
          .make = [](int n) { return naive_product(n); }};
}

}  // namespace gradbook::bench
