#include "book/regions.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>
#include <string_view>

#include "book/stub_text.hpp"

namespace gradbook {
namespace {

constexpr std::string_view kBegin = "// EDIT BEGIN", kEnd = "// EDIT END";

// A line without what an editor may add or take away around it
std::string_view trimmed(std::string_view line) {
  const std::size_t begin = line.find_first_not_of(" \t\r");
  if (begin == std::string_view::npos) return "";
  return line.substr(begin, line.find_last_not_of(" \t\r") - begin + 1);
}

// A file as lines, and where its marks stand
struct Marked {
  explicit Marked(const std::string& text) {
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);) {
      const std::string_view words = trimmed(line);
      if (words.starts_with(kBegin) || words.starts_with(kEnd)) marks.push_back(lines.size());
      lines.push_back(std::move(line));
    }
  }
  std::string_view mark(std::size_t i) const { return trimmed(lines[marks[i]]); }

  std::vector<std::string> lines;
  std::vector<std::size_t> marks;  // indices of lines, rising
};

// The marks of our copy: one begins, the same ends, and so on
Marked checked(const Exercise& e, const std::string& ours) {
  Marked marked(ours);
  const std::size_t n = marked.marks.size();
  bool right = n > 0 && n % 2 == 0;
  for (std::size_t i = 0; right && i < n; ++i)
    right = marked.mark(i) == fmt::format("{} {}", i % 2 == 0 ? kBegin : kEnd, i / 2 + 1);
  if (!right)
    throw UserError(fmt::format(
        "{} has `regions = true`, so its solution needs lines `{} 1`, `{} 1`, `{} 2`, …, each once "
        "and in this order",
        e.id, kBegin, kEnd, kBegin));
  return marked;
}

std::vector<std::string> faults_of(const Exercise& e, const Marked& ours, const Marked& students,
                                   const std::string& shown) {
  std::vector<std::string> faults;
  const auto fault = [&](std::size_t line, const std::string& what) {
    faults.push_back(fmt::format("{}:{}:1: error: {}", shown, line + 1, what));
  };
  for (std::size_t i = 0; i < ours.marks.size(); ++i) {
    std::vector<std::size_t> places;
    for (std::size_t j = 0; j < students.marks.size(); ++j) {
      if (students.mark(j) == ours.mark(i)) places.push_back(students.marks[j]);
    }
    if (places.empty())
      fault(0, fmt::format("the line `{}` is missing: what stands between the marks is yours, and "
                           "the marks say where it belongs; put it back, or `./gradbook reset {}` "
                           "brings the stub back",
                           ours.mark(i), e.id));
    if (places.size() > 1)
      fault(places[1], fmt::format("the line `{}` stands here and in line {}: leave one of them",
                                   ours.mark(i), places[0] + 1));
  }
  for (std::size_t j = 0; faults.empty() && j < students.marks.size(); ++j) {
    if (j >= ours.marks.size() || students.mark(j) != ours.mark(j))
      fault(students.marks[j],
            j < ours.marks.size()
                ? fmt::format("the line `{}` stands where `{}` is due", students.mark(j),
                              ours.mark(j))
                : fmt::format("the line `{}` is none of the stub's marks: remove it",
                              students.mark(j)));
  }
  return faults;
}

// From now on, a compiler's messages count from here
std::string line_directive(std::size_t line, const std::string& shown) {
  std::string name;
  for (const char c : shown) {
    if (c == '"' || c == '\\') name += '\\';
    name += c;
  }
  return fmt::format("#line {} \"{}\"\n", line + 1, name);
}

}  // namespace

Rebuilt rebuilt(const Exercise& e, const std::string& ours, const std::string& students,
                const std::string& shown) {
  const Marked frame = checked(e, ours), own(students);
  Rebuilt result{.text = {}, .errors = faults_of(e, frame, own, shown)};
  if (!result.errors.empty()) return result;
  const auto append = [&](const Marked& from, std::size_t begin, std::size_t end,
                          std::size_t line) {
    result.text += line_directive(line, shown);
    for (std::size_t i = begin; i < end; ++i) result.text += from.lines[i] + "\n";
  };

  // Ours up to a region, then the student's within, in turn: both count in the student's lines
  std::size_t from = 0, line = 0;
  for (std::size_t i = 0; i < frame.marks.size(); i += 2) {
    append(frame, from, frame.marks[i] + 1, line);
    append(own, own.marks[i] + 1, own.marks[i + 1], own.marks[i] + 1);
    from = frame.marks[i + 1];
    line = own.marks[i + 1];
  }
  append(frame, from, frame.lines.size(), line);
  return result;
}

bool holds_stub(const Book& book, const Exercise& e, const std::string& students) {
  if (!e.regions) return students.find("not_started(\"") != std::string::npos;
  const std::string ours = stub_text(book, e);
  const Marked frame = checked(e, ours), own(students);
  if (!faults_of(e, frame, own, "").empty()) return false;
  for (std::size_t i = 0; i < frame.marks.size(); i += 2) {
    const auto region = [i](const Marked& of) {
      std::vector<std::string_view> lines;
      for (std::size_t k = of.marks[i] + 1; k < of.marks[i + 1]; ++k) {
        if (const auto words = trimmed(of.lines[k]); !words.empty()) lines.push_back(words);
      }
      return lines;
    };
    if (region(frame) != region(own)) return false;
  }
  return true;
}

}  // namespace gradbook
