#include <utility>

#include "06_training/checkpoint.hpp"

namespace gradbook {

std::string to_bytes(const std::vector<NamedMatrix>& matrices) {
  // TODO(6.7): what the format lists, in its order; the checksum is of all that was written
  not_started("6.7");
}

void from_bytes(std::string_view bytes, const std::vector<NamedMatrix>& matrices) {
  // TODO(6.7): read all of it into new matrices, and only then move them to their places
  not_started("6.7");
}

}  // namespace gradbook
