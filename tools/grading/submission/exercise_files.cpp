#include "grading/submission/exercise_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <tuple>

#include "grading/submission/names.hpp"

namespace gradbook {
namespace {

std::vector<std::string_view> parts_of(std::string_view path) {
  std::vector<std::string_view> parts;
  while (true) {
    const std::size_t slash = path.find('/');
    if (const auto part = path.substr(0, slash); !part.empty() && part != ".")
      parts.push_back(part);
    if (slash == std::string_view::npos) return parts;
    path.remove_prefix(slash + 1);
  }
}

bool strip(std::string_view& text, std::string_view end) {
  if (!text.ends_with(end)) return false;
  text.remove_suffix(end.size());
  return true;
}

// "x (1)" as "x": what a browser calls a second download
bool strip_copy_number(std::string_view& text) {
  std::string_view rest = text;
  if (!strip(rest, ")")) return false;
  const std::size_t digits = rest.find_last_not_of("0123456789");
  if (digits == std::string_view::npos || digits + 1 == rest.size()) return false;
  rest = rest.substr(0, digits + 1);
  if (!strip(rest, "(")) return false;
  while (strip(rest, " ")) {
  }
  if (rest.empty()) return false;
  text = rest;
  return true;
}

// What a name may have been before someone, or some program, changed it
std::string original_stem(std::string_view file) {
  const std::string lower = lower_ascii(file);
  std::string_view stem = lower;
  const bool text = strip(stem, ".txt");
  bool source = false;
  for (const std::string_view end : {".cpp", ".cc", ".cxx", ".c++", ".c"})
    source = source || strip(stem, end);
  if (!text && !source) return {};
  strip_copy_number(stem);
  for (const std::string_view end :
       {" - copy", " copy", "_copy", "-copy", "_final", "_new", "_old"})
    strip(stem, end);
  strip_copy_number(stem);
  while (strip(stem, " ")) {
  }
  std::string result(stem);
  std::ranges::replace(result, ' ', '_');
  std::ranges::replace(result, '-', '_');
  return result;
}

bool is_of_others(std::string_view folder) {
  return folder == "solutions" || folder == "tests" || folder == "hidden" || folder == "mutants";
}

}  // namespace

ExercisePaths::ExercisePaths(const Book& book) {
  for (const Module& module : book.modules()) {
    modules_.push_back(module.directory);
    for (const Exercise& e : module.exercises) {
      by_stem_[e.stem()].push_back(&e);
      by_name_[e.name].push_back(&e);
    }
  }
}

bool ExercisePaths::is_passed_over(std::string_view folder) {
  return folder.starts_with('.') || folder == "__MACOSX" || folder == "build";
}

bool ExercisePaths::is_of_the_book(std::string_view folder) const {
  return folder == "modules" || folder == "exercises" ||
         std::ranges::find(modules_, folder) != modules_.end();
}

std::optional<ExercisePath> ExercisePaths::tell(std::string_view path) const {
  std::vector<std::string_view> folders = parts_of(path);
  if (folders.empty()) return std::nullopt;
  const std::string_view file = folders.back();
  folders.pop_back();
  if (file.starts_with("._") || std::ranges::any_of(folders, is_passed_over)) return std::nullopt;
  const auto folder = [&](std::size_t up) {
    return up <= folders.size() ? folders[folders.size() - up] : std::string_view();
  };

  // The name as it should be, or but for a browser's copy number
  std::string_view stem = file;
  const bool exact_ending = strip(stem, ".cpp");
  const bool copy = exact_ending && strip_copy_number(stem);
  const auto same = by_stem_.find(stem);
  if (exact_ending && same != by_stem_.end()) {
    for (const Exercise* e : same->second) {
      const std::size_t inside = folder(1) == "exercises" ? 1 : 0;
      if (folder(inside + 1) != e->module || is_of_others(folder(inside + 2))) continue;
      if (copy) return ExercisePath{e, ExercisePath::copy_of_it};
      const bool whole = inside == 1 && folder(3) == "modules";
      return ExercisePath{e, whole ? ExercisePath::whole_path : ExercisePath::module_path};
    }
    if (std::ranges::any_of(folders, is_of_others)) return std::nullopt;
    const Exercise* e = same->second.front();
    if (same->second.size() > 1) return ExercisePath{e, ExercisePath::looks_like};
    return ExercisePath{e, copy ? ExercisePath::copy_of_it : ExercisePath::bare_name};
  }

  // A name that was changed
  if (std::ranges::any_of(folders, is_of_others)) return std::nullopt;
  const std::string was = original_stem(file);
  for (const auto* index : {&by_stem_, &by_name_}) {
    if (const auto found = index->find(was); found != index->end())
      return ExercisePath{found->second.front(), ExercisePath::looks_like};
  }
  return std::nullopt;
}

void ExerciseFiles::add(const ExercisePath& told, std::string path, std::string bytes,
                        std::int64_t age) {
  found_.push_back({told, std::move(path), std::move(bytes), age});
}

void ExerciseFiles::add_all(const ExerciseFiles& other, const std::string& where) {
  for (const One& one : other.found_) {
    found_.push_back(one);
    found_.back().path = where + one.path;
  }
}

bool ExerciseFiles::empty() const {
  return std::ranges::none_of(
      found_, [](const One& one) { return one.told.rank != ExercisePath::looks_like; });
}

std::map<std::string, std::string> ExerciseFiles::chosen(std::vector<std::string>& notes) const {
  // Best first: a right name before a doubtful one, then the newest, the fullest path, the shortest
  const auto order = [](const One* one) {
    const int doubt = one->told.rank < ExercisePath::copy_of_it ? 0 : one->told.rank;
    return std::tuple(doubt, -one->age, one->told.rank, one->path.size(),
                      std::string_view(one->path));
  };
  std::map<std::string, std::vector<const One*>> by_exercise;
  for (const One& one : found_) by_exercise[one.told.exercise->id].push_back(&one);

  std::map<std::string, std::string> files;
  for (auto& [id, candidates] : by_exercise) {
    std::ranges::sort(candidates, [&](const One* a, const One* b) { return order(a) < order(b); });
    const One& best = *candidates.front();
    const std::string should = best.told.exercise->stem() + ".cpp";
    if (best.told.rank == ExercisePath::looks_like) {
      notes.push_back(fmt::format("{} was not taken: it may have been {}, whose file is {}",
                                  in_quotes(best.path), id,
                                  Book::stub_path(*best.told.exercise).string()));
      continue;
    }
    files[id] = best.bytes;
    if (best.told.rank == ExercisePath::copy_of_it)
      notes.push_back(fmt::format("{} was taken for {}, since there is no {}", in_quotes(best.path),
                                  id, should));
    const auto other = std::ranges::find_if(candidates, [&](const One* one) {
      return one->told.rank < ExercisePath::copy_of_it && one->bytes != best.bytes;
    });
    if (other != candidates.end())
      notes.push_back(fmt::format("two files for {}: {} was taken, {} was not", id,
                                  in_quotes(best.path), in_quotes((*other)->path)));
  }
  return files;
}

}  // namespace gradbook
