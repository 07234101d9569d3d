/// @file
/// What a result hangs on besides the student's file, as one digest: when it changes, the result is
/// no longer one.
#pragma once

#include <string>

#include "grading/build/workshop.hpp"

namespace gradbook {

/// A digest of the hidden cases, the references, the given code, the judge, the compiler and its
/// flags, and what module.toml says about the audit and the levels of `e`.
std::string fingerprint(const Workshop& workshop, const Exercise& e);

}  // namespace gradbook
