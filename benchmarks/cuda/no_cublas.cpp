// Where the program is built without cuBLAS.
#include "contenders.hpp"

namespace gradbook::bench {

std::string about_cublas() { return "no cuBLAS: not measured"; }

std::vector<Contender> products_of_cublas() { return {}; }

}  // namespace gradbook::bench
