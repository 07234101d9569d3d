#include "site/chapters.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <regex>

namespace gradbook {

std::vector<const Module*> chapters(const Book& book) {
  std::vector<const Module*> found;
  for (const Module& module : book.modules()) {
    if (!module.given) found.push_back(&module);
  }
  return found;
}

bool has_chapter(const Book& book, int number) {
  return std::ranges::count(chapters(book), number, &Module::number) > 0;
}

bool has_chapter(const Book& book, const Exercise& exercise) {
  return std::ranges::count(chapters(book), exercise.module, &Module::directory) > 0;
}

std::string without_absent_chapters(const Book& book, const std::string& line) {
  static const std::regex kLink(
      R"re(\[([^\]]*)\]\([\\@]ref chapter_(\d\d)\w*\)|[\\@]ref chapter_(\d\d)\w*( "([^"]*)")?)re");
  std::string text;
  auto end = line.begin();
  for (std::sregex_iterator it(line.begin(), line.end(), kLink), last; it != last; ++it) {
    const std::smatch& match = *it;
    const int number = std::stoi(match[2].matched ? match[2] : match[3]);
    text.append(end, match[0].first);
    if (has_chapter(book, number)) {
      text += match.str();
    } else if (match[2].matched) {
      text += match.str(1);
    } else {
      text += match[4].matched ? match.str(5) : fmt::format("chapter {}", number);
    }
    end = match[0].second;
  }
  return text.append(end, line.end());
}

}  // namespace gradbook
