#include "grading/score/pseudonyms.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "system/file.hpp"

namespace gradbook {

std::map<std::string, std::string> pseudonyms(const std::vector<std::string>& students,
                                              std::uint64_t seed) {
  std::vector<std::pair<std::string, std::string>> order;  // by digest, which nobody can steer
  for (const std::string& student : students)
    order.emplace_back(digest(fmt::format("pseudonym {} {}", seed, student)), student);
  std::ranges::sort(order);
  order.erase(std::ranges::unique(order).begin(), order.end());

  std::map<std::string, std::string> names;
  for (const auto& [unused, student] : order)
    names[student] = fmt::format("S{:03}", names.size() + 1);
  return names;
}

}  // namespace gradbook
