#include "student/list.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "book/regions.hpp"
#include "student/paragraph.hpp"

namespace gradbook {
namespace {

constexpr std::array kStates = {"not started", "in progress", "partly", "done"};

std::string lower(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char c) { return std::tolower(c); });
  return text;
}

std::string hours(int minutes) {
  if (minutes < 60) return fmt::format("{} min", minutes);
  return minutes % 60 == 0 ? fmt::format("{} h", minutes / 60)
                           : fmt::format("{} h {} min", minutes / 60, minutes % 60);
}

struct Row {
  const Exercise* exercise;
  ExerciseProgress progress;
  std::string_view state;
};

std::vector<Row> rows_of(const Book& book, const fs::path& workbook, const Progress& progress,
                         const ListOptions& options) {
  std::string wanted = lower(options.state);
  std::ranges::replace(wanted, '-', ' ');
  if (!wanted.empty() && std::ranges::find(kStates, wanted) == kStates.end()) {
    throw UserError(fmt::format("there is no state \"{}\": it is one of \"{}\"", options.state,
                                fmt::join(kStates, "\", \"")));
  }
  const std::string module = options.module.empty() ? "" : book.module(options.module).directory;
  const std::string text = lower(options.text);
  std::vector<Row> rows;
  for (const Exercise* e : book.select("")) {
    const ExerciseProgress& p = progress.of(e->id);
    const Row row{e, p, state_of(p, is_written(book, *e, workbook))};
    const std::string all = lower(fmt::format("{} {} {} {}", e->id, e->name, e->title, e->learnt));
    if ((module.empty() || module == e->module) && (wanted.empty() || wanted == row.state) &&
        all.find(text) != std::string::npos)
      rows.push_back(row);
  }
  return rows;
}

std::string to_json(const std::vector<Row>& rows, const std::string& current) {
  nlohmann::json array = nlohmann::json::array();
  for (const auto& [e, progress, state] : rows) {
    array.push_back({{"exercise", e->id},
                     {"name", e->name},
                     {"module", e->module},
                     {"title", e->title},
                     {"state", state},
                     {"share", progress.share},
                     {"points", e->points},
                     {"minutes", e->minutes},
                     {"stretch", e->stretch},
                     {"hints", progress.hints},
                     {"current", e->id == current},
                     {"file", Book::stub_path(*e).string()}});
  }
  return array.dump(2) + "\n";
}

std::string mark_of(std::string_view state) {
  return state == "done" ? "✓" : state == "not started" ? "·" : state == "partly" ? "◐" : "…";
}

}  // namespace

bool is_written(const Book& book, const Exercise& e, const fs::path& workbook) {
  const fs::path file = workbook / Book::stub_path(e);
  std::error_code error;
  if (!fs::is_regular_file(file, error) || fs::file_size(file, error) > (1u << 20)) return false;
  try {
    return !holds_stub(book, e, read_file(file));
  } catch (const UserError&) {
    return false;  // a file that may not be read is for `check` to tell of
  }
}

std::string_view state_of(const ExerciseProgress& progress, bool written) {
  if (progress.done) return kStates[3];
  if (progress.share > 0) return kStates[2];
  return progress.started || written ? kStates[1] : kStates[0];
}

std::string list(const Book& book, const fs::path& workbook, const Progress& progress,
                 const ListOptions& options, std::size_t columns) {
  const auto rows = rows_of(book, workbook, progress, options);
  const std::string current = progress.current().id;
  if (options.json) return to_json(rows, current);
  if (rows.empty()) return "no exercise fits: leave out a filter, or `./gradbook list` for all\n";

  constexpr std::size_t kBeforeTitle = 39;
  const std::size_t room = columns > kBeforeTitle + 10 ? columns - kBeforeTitle - 1 : 10;
  std::string text, module;
  double points = 0, in_all = 0;
  int minutes_left = 0;
  std::size_t done = 0;
  for (const auto& [e, p, state] : rows) {
    if (module != e->module) {
      module = e->module;
      text += fmt::format("{}{} {}\n", text.empty() ? "" : "\n", module.substr(0, 2),
                          shortened(book.module(module).title, columns - 4));
    }
    const std::string shown = state == "partly"
                                  ? fmt::format("partly {:.0f} %", std::min(99.0, 100 * p.share))
                                  : std::string(state);
    std::string line = fmt::format(
        "{} {} {:<4} {:<12} {:>4} {:>8}  {}{}", e->id == current ? ">" : " ", mark_of(state), e->id,
        shown, fmt::format("{} p", e->points), hours(e->minutes), e->stretch ? "+" : "", e->title);
    text += shortened(line, kBeforeTitle + room) + "\n";
    done += p.done;
    points += p.done ? e->points : 0;
    in_all += e->points;
    minutes_left += p.done ? 0 : e->minutes;
  }
  const std::string sums =
      fmt::format("{} of {} done, {} of {} points, {}", done, rows.size(), points, in_all,
                  minutes_left == 0 ? "nothing left" : "about " + hours(minutes_left) + " to go");
  text += "\n";
  for (const std::string& line : wrapped(sums, columns)) text += line + "\n";
  for (const std::string& line :
       wrapped("> is where you are; + goes further and is never needed later", columns))
    text += line + "\n";
  return text;
}

}  // namespace gradbook
