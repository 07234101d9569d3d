#include "grading/submission/intake.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "grading/submission/names.hpp"

namespace gradbook {
namespace {

constexpr std::size_t kMostNotes = 10;

// Text may shrink a hundredfold; what shrinks more than that is made to harm
constexpr std::uint64_t kHarmlessBytes = 8u << 20;
constexpr std::uint64_t kMostRatio = 200;

// Why nothing may be read from there; "" where it may
std::string_view danger(std::string_view path) {
  if (path.empty() || path.size() > 4000) return "a name that is empty or too long was refused";
  if (!is_plain(path))
    return "a name with control or direction marks, or not in UTF-8, was refused";
  if (path.front() == '/' || path.front() == '\\' || (path.size() > 1 && path[1] == ':'))
    return "an absolute path was refused";
  for (std::size_t begin = 0; begin <= path.size();) {
    const std::size_t end = std::min(path.find('/', begin), path.size());
    if (path.substr(begin, end - begin) == "..") return "a path that leads out was refused";
    begin = end + 1;
  }
  return {};
}

std::string_view last_part(std::string_view path) { return path.substr(path.rfind('/') + 1); }

}  // namespace

void Intake::refuse(std::string_view what, std::string_view path) {
  // Enough to count them and show the first; a million of them are not kept
  if (refused_.size() < Intake::kMostEntries)
    refused_.insert(fmt::format("{}: {}", what, in_quotes(path)));
}

Visit Intake::take(Source& source, const Found& found, std::string_view below) {
  if (++source.entries > kMostEntries) {
    throw ReadFault(fmt::format("holds more than {} files and folders: hand in the exercises alone",
                                kMostEntries));
  }
  if (const auto why = danger(below); !why.empty()) {
    refuse(why, below);
    return Visit::skip;
  }
  switch (found.kind) {
    case Found::Kind::folder:
      return ExercisePaths::is_passed_over(last_part(below)) ? Visit::skip : Visit::go_on;
    case Found::Kind::link:
      refuse("a link was refused", below);
      break;
    case Found::Kind::hard_link:
      refuse("a hard link was refused", below);
      break;
    case Found::Kind::device:
      refuse("a device or fifo was refused", below);
      break;
    case Found::Kind::file:
      take_bytes(source, found, below);
      break;
  }
  return Visit::go_on;
}

void Intake::take_bytes(Source& source, const Found& found, std::string_view below) {
  // An archive says how large its files are; one that lies is found out on reading
  if (source.packed) {
    source.bytes += std::min(found.size, kMostBytes + 1);
    if (source.bytes > kMostBytes) {
      throw ReadFault(fmt::format("would unpack to more than {} MiB: hand in the exercises alone",
                                  kMostBytes >> 20));
    }
    if (source.packed_size > 0 && source.bytes > kHarmlessBytes &&
        source.bytes / kMostRatio > source.packed_size) {
      throw ReadFault(fmt::format("would unpack to {} times its size: hand in the exercises alone",
                                  source.bytes / source.packed_size));
    }
  }

  const auto told = paths_.tell(below);
  if (told && told->rank == ExercisePath::looks_like) {
    source.files.add(*told, std::string(below), {}, source.age);
  } else if (told) {
    if (found.size > kMostFileBytes) return refuse("a file larger than 1 MiB was refused", below);
    auto bytes = found.read(kMostFileBytes);
    if (!bytes)
      return refuse("a file that cannot be read, or is larger than 1 MiB, was refused", below);
    source.files.add(*told, std::string(below), std::move(*bytes), source.age);
    modified_ = std::max(modified_, found.modified);
  } else if (archive_name(below) == ArchiveName::known) {
    if (!source.opens_archives) return refuse("an archive in an archive was not opened", below);
    if (!source.packed) source.bytes += std::min(found.size, kMostBytes + 1);
    if (source.bytes > kMostBytes) return refuse("an archive was too large to be opened", below);
    read_archive(inner_files_, found, std::string(below), source.age);
  }
}

void Intake::read_archive(ExerciseFiles& into, const Found& found, const std::string& name,
                          std::int64_t age) {
  try {
    if (found.size == 0) throw ReadFault("is empty: ask for it again");
    const auto bytes = found.size <= kMostBytes ? found.read(kMostBytes) : std::nullopt;
    if (!bytes) {
      throw ReadFault(
          fmt::format("is larger than {} MiB: hand in the exercises alone", kMostBytes >> 20));
    }
    Source source{.packed = true, .age = age, .packed_size = bytes->size()};
    visit_archive_bytes(*bytes,
                        [&](const Found& entry) { return take(source, entry, entry.path); });
    into.add_all(source.files, name + "/");
    modified_ = std::max(modified_, found.modified);
  } catch (const ReadFault& fault) {
    trouble(fmt::format("{} {}", in_quotes(name), fault.what()));
  }
}

void Intake::take_folder(const fs::path& folder) {
  try {
    visit_folder(folder, [&](const Found& found) { return take(folder_, found, found.path); });
  } catch (const ReadFault& fault) {
    folder_.files = {};
    trouble(fmt::format("the folder {}", fault.what()));
  }
}

void Intake::take_entry(const Found& found, std::string_view below) {
  if (given_up_) return;
  folder_.packed = true;
  try {
    take(folder_, found, below);
  } catch (const ReadFault& fault) {
    folder_.files = {};
    given_up_ = true;
    trouble(fmt::format("the folder {}", fault.what()));
  }
}

void Intake::take_archive(const Found& found, const std::string& name, std::int64_t age) {
  read_archive(files_, found, name, age);
}

void Intake::take_file(const Found& found, const std::string& name, std::int64_t age) {
  Source source{.age = age};
  try {
    take(source, found, name);
    files_.add_all(source.files, "");
  } catch (const ReadFault& fault) {
    trouble(fmt::format("{} {}", in_quotes(name), fault.what()));
  }
}

Intake::Result Intake::result() const {
  Result result;
  ExerciseFiles files = files_;
  files.add_all(folder_.files, "");
  if (files.empty()) files.add_all(inner_files_, "");
  result.files = files.chosen(result.notes);

  std::size_t shown = 0;
  for (const std::string& refused : refused_) {
    if (shown++ < kMostNotes) result.notes.push_back(refused);
  }
  if (shown > kMostNotes)
    result.notes.push_back(fmt::format("{} more were refused", shown - kMostNotes));
  if (result.files.empty()) {
    result.fault = troubles_.empty() ? "holds no exercise of this book" : *troubles_.begin();
  } else {
    result.notes.insert(result.notes.end(), troubles_.begin(), troubles_.end());
  }
  return result;
}

}  // namespace gradbook
