#include "student/launch_record.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <sstream>

#include "student/paragraph.hpp"

namespace gradbook {
namespace {

// The rows of a table, without its head
std::vector<std::vector<std::string>> rows_of(const fs::path& path, std::size_t columns) {
  std::istringstream lines(read_file(path));
  std::vector<std::vector<std::string>> rows;
  std::string line;
  std::getline(lines, line);
  while (std::getline(lines, line)) {
    std::vector<std::string> fields;
    std::istringstream cells(line);
    for (std::string cell; std::getline(cells, cell, '\t');) fields.push_back(cell);
    if (fields.size() != columns)
      throw UserError(fmt::format("{}: a line of {} columns where {} are due: \"{}\"",
                                  path.string(), fields.size(), columns, line));
    rows.push_back(std::move(fields));
  }
  return rows;
}

std::int64_t number(const std::string& text) { return std::atoll(text.c_str()); }

std::string per(std::int64_t what, std::int64_t of) {
  return of == 0 ? "" : fmt::format("{:.2f}", static_cast<double>(what) / static_cast<double>(of));
}

// "elementwise: map_kernel(…)" is long: its name alone
std::string bare(const std::string& kernel) {
  const std::string name = kernel.substr(0, kernel.find('('));
  const std::size_t colon = name.rfind("::");
  return colon == std::string::npos ? name : name.substr(colon + 2);
}

}  // namespace

std::vector<RecordedLaunch> read_launches(const fs::path& folder) {
  std::vector<RecordedLaunch> launches;
  if (!fs::exists(folder / "launches.tsv")) return launches;
  for (const auto& f : rows_of(folder / "launches.tsv", 20)) {
    launches.push_back({static_cast<std::size_t>(number(f[0])),
                        bare(f[1]),
                        f[2],
                        f[3],
                        number(f[4]),
                        number(f[5]),
                        number(f[6]),
                        number(f[7]),
                        number(f[8]),
                        number(f[9]),
                        number(f[10]),
                        number(f[11]),
                        number(f[12]),
                        number(f[13]),
                        number(f[14]),
                        number(f[15]),
                        number(f[16]),
                        number(f[17]),
                        number(f[18]),
                        std::atof(f[19].c_str())});
  }
  return launches;
}

std::string to_text(const std::vector<RecordedLaunch>& launches) {
  std::string text =
      fmt::format("{:>3} {:<24} {:>9} {:>8} {:>7} {:>7} {:>7} {:>7} {:>8} {:>8} {:>7} {:>5}\n", "",
                  "kernel", "grid", "block", "reads", "writes", "sectors", "shared", "conflict",
                  "barriers", "divided", "warps");
  // Trailing "× 1" says nothing, and × has more than one byte
  const auto size = [](std::string n, std::size_t columns) {
    constexpr std::string_view kOne = " × 1";
    while (n.ends_with(kOne)) n.resize(n.size() - kOne.size());
    return std::string(columns - std::min(columns, width_of(n)), ' ') + n;
  };
  for (const RecordedLaunch& l : launches) {
    text += fmt::format("{:>3} {:<24} {} {} {:>7} {:>7} {:>7} {:>7} {:>8} {:>8} {:>7} {:>4.0f}%\n",
                        l.number, shortened(l.kernel, 24), size(l.grid, 9), size(l.block, 8),
                        l.global_reads, l.global_writes, per(l.sectors, l.requests),
                        l.shared_reads + l.shared_writes, l.bank_conflicts, l.barriers, l.divergent,
                        100 * l.occupancy);
  }
  return text +
         "\nreads, writes    of device memory, by all threads together\n"
         "sectors          of 32 bytes for each request of a warp: 4 are 32 neighbours of 4 bytes\n"
         "shared           reads and writes of shared memory; conflict: waits for a bank\n"
         "barriers         of all blocks; divided: requests that not all lanes of a warp came to\n"
         "warps            that fill an H100's multiprocessor, as far as threads and shared "
         "memory\n"
         "                 allow; registers may allow less, and only nvcc knows them\n";
}

std::vector<Panel> read_panels(const fs::path& accesses, std::uint32_t phases) {
  using Key = std::tuple<int, std::uint32_t, bool>;  // array, phase, writes
  std::map<Key, Panel> panels;
  std::map<Key, std::int64_t> times;
  for (const auto& f : rows_of(accesses, 6)) {
    const auto phase = static_cast<std::uint32_t>(number(f[0]));
    if (phase >= phases) continue;
    const Key key{static_cast<int>(number(f[2])), phase, f[5] == "1"};
    Panel& panel = panels[key];
    ++times[key];
    for (std::int64_t i = 0; i < number(f[4]); ++i)
      panel.touched.emplace_back(number(f[3]) + i, static_cast<std::uint32_t>(number(f[1])));
  }
  std::vector<Panel> result;
  for (auto& [key, panel] : panels) {
    std::tie(panel.array, panel.phase, panel.writes) = key;
    std::set<std::int64_t> elements;
    for (const auto& [element, thread] : panel.touched) elements.insert(element);
    panel.title = fmt::format(
        "{}{}: {} {} of {} element{}",
        panel.array == 0 ? "shared" : fmt::format("argument {}", panel.array),
        panel.phase == 0 ? "" : fmt::format(", after barrier {}", panel.phase), times[key],
        panel.writes ? "writes" : "reads", elements.size(), elements.size() == 1 ? "" : "s");
    result.push_back(std::move(panel));
  }
  return result;
}

}  // namespace gradbook
