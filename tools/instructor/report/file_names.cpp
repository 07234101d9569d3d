#include "instructor/report/file_names.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string_view>

#include "system/file.hpp"

namespace gradbook {
namespace {

constexpr std::size_t kLongest = 60;

bool is_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

std::string small_letters(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

// Windows keeps these for devices, whatever the ending
bool is_device(const std::string& name) {
  static constexpr std::array<std::string_view, 4> kDevices = {"con", "prn", "aux", "nul"};
  const std::string stem = small_letters(name.substr(0, name.find('.')));
  const bool port = stem.size() == 4 && (stem.starts_with("com") || stem.starts_with("lpt")) &&
                    stem[3] >= '0' && stem[3] <= '9';
  return port || std::ranges::find(kDevices, stem) != kDevices.end();
}

std::string harmless(const std::string& student) {
  std::string name = student.substr(0, kLongest);
  std::ranges::replace_if(
      name, [](char c) { return !is_letter_or_digit(c) && c != '-' && c != '_' && c != '.'; }, '_');
  while (name.ends_with('.')) name.pop_back();
  const bool plain = !name.empty() && (is_letter_or_digit(name[0]) || name[0] == '_');
  return plain && !is_device(name) ? name : "student_" + name;
}

}  // namespace

std::vector<std::string> file_names(const std::vector<std::string>& students) {
  std::vector<std::string> names;
  std::map<std::string, int> holders;
  for (const std::string& student : students) {
    names.push_back(harmless(student));
    ++holders[small_letters(names.back())];
  }

  // Tell clashes apart by as much of a digest as it takes
  std::set<std::string> taken;
  for (const auto& [name, count] : holders) taken.insert(name);
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (holders[small_letters(names[i])] == 1) continue;
    std::string hash = digest(students[i]), name;
    for (std::size_t length = 8;; length += 8) {
      if (length > hash.size()) hash += digest(hash);
      name = names[i] + "-" + hash.substr(0, length);
      if (taken.insert(small_letters(name)).second) break;
    }
    names[i] = name;
  }
  return names;
}

}  // namespace gradbook
