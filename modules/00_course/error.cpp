#include "00_course/error.hpp"

namespace gradbook {

ShapeError::~ShapeError() = default;
RangeError::~RangeError() = default;

}  // namespace gradbook
