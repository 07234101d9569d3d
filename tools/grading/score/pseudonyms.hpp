/// @file
/// Names that stand for students in reports.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace gradbook {

/// "S001", "S002", … for each student, in an order that only the seed gives: the same seed and
/// students, the same names. Their order says nothing about the alphabet or the order given.
std::map<std::string, std::string> pseudonyms(const std::vector<std::string>& students,
                                              std::uint64_t seed);

}  // namespace gradbook
