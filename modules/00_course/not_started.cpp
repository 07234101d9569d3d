#include "00_course/not_started.hpp"

namespace gradbook {

NotStarted::~NotStarted() = default;

}  // namespace gradbook
