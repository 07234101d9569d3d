/// @file
/// Turns what compilers, tests and judges say into the few lines that help a student.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "student/verdict.hpp"

namespace gradbook {

Failure describe(const TestResult& test, const Exercise& exercise);
Failure describe(const CaseResult& result, const Exercise& exercise, std::uint64_t seed);

/// The compiler's first errors in the student's file, with the line of code; those in our headers
/// only where there is none. At most three, at most 16 lines.
std::vector<std::string> first_errors(const std::string& messages, const std::string& file);

/// The compiler's first warnings in the student's file; at most two.
std::vector<std::string> first_warnings(const std::string& messages, const std::string& file);

/// Where `text` stops being UTF-8; npos when it is UTF-8 throughout.
std::size_t first_bad_utf8(const std::string& text);

}  // namespace gradbook
