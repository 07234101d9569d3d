/// @file
/// Two powers, to have something to verify.
#pragma once

#include "00_course/not_started.hpp"

namespace gradbook {

// ---- exercise 1.1: square ----

/// x². See chapter 01, "Powers".
double square(double x);

// ---- exercise 1.2: fourth ----

/// x⁴, by square.
double fourth(double x);

}  // namespace gradbook
