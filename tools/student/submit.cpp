#include "student/submit.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cctype>

#include "book/regions.hpp"
#include "system/zip.hpp"

namespace gradbook {
namespace {

constexpr std::size_t kLargestFile = 1u << 20;  // an exercise is a page of code; so says `check`

// "submission_Ada_Lovelace.zip": letters and digits, whatever was typed
std::string archive_name(const std::string& name) {
  std::string safe;
  for (const char c : name) {
    const auto byte = static_cast<unsigned char>(c);
    const bool kept = std::isalnum(byte) != 0 || byte >= 0x80 || c == '-';
    if (kept) safe += c;
    if (!kept && !safe.empty() && safe.back() != '_') safe += '_';
  }
  while (safe.ends_with('_')) safe.pop_back();
  return safe.empty() ? "submission.zip" : "submission_" + safe + ".zip";
}

// Why a file cannot go in; empty when it can
std::string obstacle(const fs::path& file) {
  std::error_code error;
  if (!fs::exists(file, error)) return "is not there";
  if (!fs::is_regular_file(file, error)) return "is not a file";
  if (fs::file_size(file, error) > kLargestFile) return "is larger than 1 MiB";
  return "";
}

}  // namespace

std::string submit(const Book& book, const Progress& progress, const SubmitOptions& options) {
  std::vector<ZipEntry> entries;
  std::vector<std::string> done, written, not_started, left_out;
  for (const Exercise* e : book.select("")) {
    const fs::path shown = Book::stub_path(*e), file = options.workbook / shown;
    if (const std::string reason = obstacle(file); !reason.empty()) {
      left_out.push_back(fmt::format("{}: {} {}", e->id, shown.string(), reason));
      continue;
    }
    entries.push_back({shown.generic_string(), read_file(file)});
    const bool stub = holds_stub(book, *e, entries.back().bytes);
    (stub ? not_started : progress.of(e->id).done ? done : written).push_back(e->id);
  }
  if (entries.empty()) {
    throw UserError(fmt::format("{} has no exercise files: run this inside of your workbook",
                                options.workbook.string()));
  }
  const fs::path archive = options.workbook / archive_name(options.name);
  write_zip(archive, entries);

  std::string text = fmt::format("upload this file: {}\n", archive.string());
  const auto line = [&](std::string_view what, const std::vector<std::string>& ids) {
    if (ids.empty()) return;
    text += fmt::format("  {:<25}{}\n", what, fmt::join(ids, ", "));
  };
  text += fmt::format("  {} exercise files are in it, and nothing else\n", entries.size());
  line("done:", done);
  line("not done yet:", written);
  line("not started, or in part:", not_started);
  for (const std::string& what : left_out)
    text += fmt::format("  left out: {}; `./gradbook reset {}` brings the stub back\n", what,
                        what.substr(0, what.find(':')));
  if (!written.empty())
    text += fmt::format("  before you upload: ./gradbook check {}\n", written.front());
  return text;
}

}  // namespace gradbook
