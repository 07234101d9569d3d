/// @file
/// Turns what tests and judges say into the few lines that help a student.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "student/verdict.hpp"

namespace gradbook {

Failure describe(const TestResult& test, const Exercise& exercise);
Failure describe(const CaseResult& result, const Exercise& exercise, std::uint64_t seed);

}  // namespace gradbook
