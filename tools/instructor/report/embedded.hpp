/// @file
/// The templates that reports are made from; they are compiled into the program.
#pragma once

#include <string>
#include <string_view>

namespace gradbook {

/// The text of templates/`name`.
std::string embedded(std::string_view name);

}  // namespace gradbook
