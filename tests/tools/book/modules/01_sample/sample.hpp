/// @file
/// Two powers, to have something to verify.
#pragma once

#include "00_course/not_started.hpp"

namespace gradbook {

/// x².
double square(double x);

/// x⁴, by square.
double fourth(double x);

}  // namespace gradbook
