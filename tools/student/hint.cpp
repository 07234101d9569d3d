#include "student/hint.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "student/paragraph.hpp"

namespace gradbook {

std::string hint_text(const Exercise& e, int n, std::size_t columns) {
  constexpr const char* kStages[] = {"a nudge", "the idea", "almost the answer"};
  std::string text = fmt::format("hint {} of {}, {}:\n", n, e.hints.size(), kStages[n - 1]);
  for (const std::string& line : wrapped(e.hints[static_cast<std::size_t>(n - 1)], columns - 3))
    text += "  " + line + "\n";
  return text;
}

std::string hint(Progress& progress, const Exercise& e, std::size_t columns) {
  const int before = progress.of(e.id).hints;
  const int all = static_cast<int>(e.hints.size());
  std::string text = fmt::format("{} {}\n", e.id, e.name);
  if (before == all) {
    for (int n = 1; n <= all; ++n) text += hint_text(e, n, columns);
    for (const std::string& line :
         wrapped(fmt::format("these are all there are; ./gradbook docs {} shows the chapter", e.id),
                 columns))
      text += line + "\n";
    return text;
  }
  int now = before + 1;
  try {
    now = progress.take_hint(e.id);
  } catch (const UserError& error) {
    fmt::print(stderr, "gradbook: it could not be noted that you took it: {}\n", error.what());
  }
  text += hint_text(e, now, columns);
  if (now < all) text += "one more: ./gradbook hint " + e.id + "\n";
  return text;
}

}  // namespace gradbook
