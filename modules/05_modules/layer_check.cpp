#include "05_modules/layer_check.hpp"

#include <fmt/format.h>

namespace gradbook {

std::string text(const Module& module, const LayerFault& fault) {
  return fmt::format(
      "{}: argument {}, element ({}, {}): backward says {:.6g}, differences say {:.6g}",
      module.name(), fault.argument, fault.row, fault.column, fault.backward, fault.differences);
}

}  // namespace gradbook
