#include "grading/submission/parts.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "grading/submission/canvas.hpp"
#include "grading/submission/gradescope.hpp"
#include "grading/submission/names.hpp"

namespace gradbook {
namespace {

constexpr std::size_t kMostParts = 20'000;
constexpr std::size_t kMostClassEntries = 500'000;
constexpr std::size_t kMostMetadataBytes = 256u << 20;
constexpr std::size_t kMostNotices = 20;

// The two upper levels of a class folder: name → whether it is a folder
using Names = std::map<std::string, bool>;
struct Outline {
  Names top;
  std::map<std::string, Names> below;
};

bool is_clutter(std::string_view name) {
  return ExercisePaths::is_passed_over(name) || name == "Thumbs.db" || name == "desktop.ini";
}

std::string first_part(std::string_view path) {
  return std::string(path.substr(0, path.find('/')));
}

// What follows "first/"; "" where nothing does
std::string_view after_first(std::string_view path) {
  const std::size_t slash = path.find('/');
  return slash == std::string_view::npos ? std::string_view() : path.substr(slash + 1);
}

bool leads_out(std::string_view path) {
  if (path.empty() || path.front() == '/' || (path.size() > 1 && path[1] == ':')) return true;
  return ("/" + std::string(path) + "/").find("/../") != std::string::npos;
}

// "./jdoe/x/" as "jdoe/x"
std::string_view tidied(std::string_view path) {
  while (path.starts_with("./")) path.remove_prefix(2);
  while (path.ends_with('/')) path.remove_suffix(1);
  return path == "." ? std::string_view() : path;
}

bool is_one_submission(const Names& names, const ExercisePaths& paths) {
  return std::ranges::any_of(names, [&](const auto& entry) {
    const auto& [name, is_folder] = entry;
    if (is_folder) return paths.is_of_the_book(name);
    const auto told = paths.tell(name);
    return told && told->rank != ExercisePath::looks_like && !canvas_file(name);
  });
}

bool is_class(const Names& names, const ExercisePaths& paths) {
  if (names.contains(std::string(kGradescopeMetadata))) return true;
  if (names.size() < 2 || is_one_submission(names, paths)) return false;
  return std::ranges::all_of(names, [](const auto& entry) {
    return entry.second || archive_name(entry.first) != ArchiveName::none ||
           canvas_file(entry.first);
  });
}

// The folder that wraps all others; "" where there is none
std::string wrapper(const Outline& outline, const ExercisePaths& paths) {
  if (outline.top.size() != 1 || !outline.top.begin()->second) return {};
  const std::string& name = outline.top.begin()->first;
  const auto below = outline.below.find(name);
  return below != outline.below.end() && is_class(below->second, paths) ? name : "";
}

class Reader {
 public:
  explicit Reader(const ExercisePaths& paths) : paths_(paths) {}

  void read_folder(fs::path folder);
  void read_archive(const fs::path& path);
  Parts parts() { return std::move(result_); }

 private:
  Part& part(const std::string& key, const std::string& name, const fs::path& origin) {
    const auto found = result_.parts.find(key);
    if (found != result_.parts.end()) return found->second;
    Part fresh{.name = name, .origin = origin, .intake = Intake(paths_)};
    return result_.parts.emplace(key, std::move(fresh)).first->second;
  }
  void notice(std::string text) {
    if (result_.notices.size() < kMostNotices) result_.notices.push_back(std::move(text));
  }
  Names names_in(const fs::path& folder) const;
  void take_at_top(const Found& found, const fs::path& origin);
  void take_file(const Found& found, const fs::path& origin);

  const ExercisePaths& paths_;
  Parts result_;
};

Names Reader::names_in(const fs::path& folder) const {
  Names names;
  visit_folder(folder, [&](const Found& found) {
    if (!is_clutter(found.path)) names[found.path] = found.kind == Found::Kind::folder;
    if (names.size() > kMostParts) {
      throw UserError(fmt::format("{} holds more than {} entries: is it the folder of submissions?",
                                  folder.string(), kMostParts));
    }
    return Visit::skip;
  });
  return names;
}

// A file at the top: an archive, one of Canvas's files, or nothing of ours
void Reader::take_file(const Found& found, const fs::path& origin) {
  const auto canvas = canvas_file(found.path);
  const std::string name = canvas ? canvas->original : found.path;
  const ArchiveName kind = archive_name(name);
  const auto told = paths_.tell(name);
  if (kind == ArchiveName::none && !(canvas && told)) {
    return notice(fmt::format("{} was ignored: it is no folder or archive of a student",
                              in_quotes(found.path)));
  }

  std::string key = found.path, student = without_archive_ending(name);
  if (canvas) key = student = canvas->student + "_" + canvas->user_id;
  // Browsers number a second download: it is the same student's
  if (const std::size_t copy = student.rfind(" (");
      !canvas && copy != std::string::npos && copy > 0 && student.ends_with(')') &&
      student.find_first_not_of("0123456789", copy + 2) == student.size() - 1)
    student.resize(copy);

  Part& part = this->part(key, student, origin);
  part.modified = std::max(part.modified, found.modified);
  if (canvas) {
    part.user_name = canvas->student;
    part.user_id = canvas->user_id;
    part.marked_late = part.marked_late || canvas->late;
  }
  if (kind == ArchiveName::known) {
    part.intake.take_archive(found, name, canvas ? canvas->attachment : 0);
  } else if (kind == ArchiveName::unknown) {
    part.intake.trouble(fmt::format("{} is no zip or tar archive: ask for one", in_quotes(name)));
  } else {
    part.intake.take_file(found, name, canvas->attachment);
  }
}

void Reader::take_at_top(const Found& found, const fs::path& origin) {
  if (is_clutter(found.path)) return;
  if (found.path == kGradescopeMetadata && found.kind == Found::Kind::file) {
    result_.gradescope = found.read(kMostMetadataBytes).value_or("");
    return;
  }
  switch (found.kind) {
    case Found::Kind::folder:
      part(found.path, found.path, origin);
      break;
    case Found::Kind::file:
      take_file(found, origin);
      break;
    case Found::Kind::link:
    case Found::Kind::hard_link:
      part(found.path, without_archive_ending(found.path), origin)
          .intake.trouble("is a link, and links are not followed: put the folder or archive there");
      break;
    case Found::Kind::device:
      notice(fmt::format("{} was ignored: it is a device or a fifo", in_quotes(found.path)));
      break;
  }
}

void Reader::read_folder(fs::path folder) {
  Outline outline{names_in(folder), {}};
  if (outline.top.size() == 1 && outline.top.begin()->second) {
    const std::string& only = outline.top.begin()->first;
    outline.below[only] = names_in(folder / only);
    if (const std::string inside = wrapper(outline, paths_); !inside.empty()) {
      folder /= inside;
      outline.top = names_in(folder);
    }
  }
  if (is_one_submission(outline.top, paths_)) {
    const std::string name = fs::weakly_canonical(folder).filename().string();
    Part& one = part(name, name, folder);
    one.intake.take_folder(folder);
    one.modified = one.intake.modified();
    return;
  }
  for (const auto& [name, is_folder] : outline.top) {
    take_at_top(found_file(folder / name, name), folder / name);
    if (!is_folder) continue;
    Part& one = part(name, name, folder / name);
    one.intake.take_folder(folder / name);
    one.modified = one.intake.modified();
  }
}

void Reader::read_archive(const fs::path& path) {
  // What stands at the top
  Outline outline;
  std::size_t entries = 0;
  visit_archive(path, [&](const Found& found) {
    if (++entries > kMostClassEntries) {
      throw UserError(
          fmt::format("{} holds more than {} entries: is it the archive of submissions?",
                      path.string(), kMostClassEntries));
    }
    const std::string_view inside = tidied(found.path);
    const bool is_folder = found.kind == Found::Kind::folder;
    if (leads_out(inside) || is_clutter(first_part(inside))) return Visit::go_on;
    const std::string_view below = after_first(inside);
    (outline.top[first_part(inside)] |= is_folder) |= !below.empty();
    if (!below.empty() && !is_clutter(first_part(below)))
      outline.below[first_part(inside)][first_part(below)] |=
          is_folder || below.find('/') != std::string_view::npos;
    return Visit::go_on;
  });
  const std::string wrapped = wrapper(outline, paths_);
  const Names& top = wrapped.empty() ? outline.top : outline.below[wrapped];

  if (is_one_submission(top, paths_)) {
    const std::string name = path.filename().string();
    take_file(found_file(path, name), path);
    return;
  }
  visit_archive(path, [&](const Found& found) {
    std::string_view inside = tidied(found.path);
    if (leads_out(inside)) {
      notice(fmt::format("a path that leads out was refused: {}", in_quotes(found.path)));
      return Visit::go_on;
    }
    if (!wrapped.empty()) inside = first_part(inside) == wrapped ? after_first(inside) : "";
    const std::string name = first_part(inside);
    const std::string_view below = after_first(inside);
    if (name.empty() || is_clutter(name)) return Visit::go_on;
    if (below.empty()) {
      Found here = found;
      here.path = name;
      take_at_top(here, path / name);
    } else {
      Part& one = part(name, name, path / name);
      one.intake.take_entry(found, below);
      one.modified = one.intake.modified();
    }
    return Visit::go_on;
  });
}

}  // namespace

Parts read_parts(const fs::path& folder, const ExercisePaths& paths) {
  Reader reader(paths);
  std::error_code error;
  const fs::file_status status = fs::status(folder, error);
  try {
    if (fs::is_directory(status)) {
      reader.read_folder(folder);
    } else if (fs::is_regular_file(status)) {
      reader.read_archive(folder);
    } else {
      throw UserError(
          fmt::format("there are no submissions at {}: is it spelt right?", folder.string()));
    }
  } catch (const ReadFault& fault) {
    throw UserError(fmt::format("{} {}", folder.string(), fault.what()));
  }
  return reader.parts();
}

}  // namespace gradbook
