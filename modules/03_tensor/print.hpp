/// @file
/// Arrays as text, to look at.
#pragma once

#include <string>

#include "03_tensor/array.hpp"

namespace gradbook {

/// The numbers in nested brackets, as NumPy prints them: "[[1, 2], [3, 4]]". Of an axis with more
/// than ten elements the middle is left out.
std::string to_string(const Array& a);

}  // namespace gradbook
