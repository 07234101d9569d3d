#include "student/show_kernel.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "student/launch_record.hpp"
#include "student/own_foundations.hpp"
#include "student/pictures.hpp"
#include "system/process.hpp"

namespace gradbook {
namespace {

constexpr std::size_t kShown = 40;       // launches in the table
constexpr std::uint32_t kPhases = 4;     // that are drawn
constexpr std::size_t kMostPanels = 12;  // likewise

// The public tests around the student's file
fs::path linked_tests(const Workshop& workshop, const Exercise& e, const fs::path& workbook) {
  const Exercise* one[] = {&e};
  workshop.bring_up_to_date(one);
  const fs::path file = workbook / Book::stub_path(e), folder = workshop.folder_of(e);
  const Compiled compiled = workshop.compile(e, file, folder);
  const std::string see = fmt::format(": ./gradbook check {} says why", e.id);
  if (!compiled.ok) throw UserError(file.string() + " does not compile" + see);
  CheckOptions options;
  options.workbook = workbook;
  const OwnFoundations own = own_foundations(workshop, e, options);
  const Linked tests =
      workshop.link(Program::public_tests, e, compiled.object, folder, own.objects);
  if (!tests.ok) throw UserError(file.string() + " does not link" + see);
  return tests.program;
}

// What gnuplot is told: a block of lines for each panel
void write_panels(const std::vector<Panel>& panels, const fs::path& path, std::size_t columns) {
  std::string text;
  const auto width = static_cast<std::int64_t>(columns);
  for (const Panel& panel : panels) {
    for (const auto& [element, thread] : panel.touched)
      text += fmt::format("{} {} {}\n", element % width, element / width, thread);
    text += "\n\n";
  }
  write_atomically(path, text);
}

std::int64_t highest_row(const std::vector<Panel>& panels, std::size_t columns) {
  std::int64_t highest = 0;
  for (const Panel& panel : panels)
    for (const auto& [element, thread] : panel.touched)
      highest = std::max(highest, element / static_cast<std::int64_t>(columns));
  return highest;
}

fs::path draw(const Workshop& workshop, const fs::path& folder, std::size_t launch,
              std::size_t columns) {
  const fs::path accesses = folder / fmt::format("accesses_{}.tsv", launch);
  if (!fs::exists(accesses))
    throw UserError(
        fmt::format("launch {} was not written down: the table has those that were", launch));
  std::vector<Panel> panels = read_panels(accesses, kPhases);
  if (panels.size() > kMostPanels) panels.resize(kMostPanels);
  if (panels.empty()) throw UserError(fmt::format("launch {} touches no memory", launch));
  write_panels(panels, folder / "panels.txt", columns);
  std::string titles;
  for (const Panel& panel : panels)
    titles += fmt::format("{}'{}'", titles.empty() ? "" : ", ", panel.title);
  std::uint32_t threads = 1;
  for (const Panel& panel : panels)
    for (const auto& [element, thread] : panel.touched) threads = std::max(threads, thread + 1);
  const fs::path script = workshop.book().root() / "kernels/figures/accesses.gnuplot";
  const Completion completion = run(
      {.arguments = {"gnuplot", "-e",
                     fmt::format("folder='{}'; array titles=[{}]; columns={}; rows={}; threads={}",
                                 folder.string(), titles, columns, highest_row(panels, columns) + 1,
                                 threads),
                     script.string()},
       .wall = std::chrono::seconds(30)});
  if (!completion.ok())
    throw UserError(fmt::format("{} could not be drawn: {}", script.string(), completion.output));
  return folder / "accesses.svg";
}

}  // namespace

int show_kernel(const Workshop& workshop, const ShowOptions& options, std::size_t launch,
                std::size_t columns) {
  const Exercise& e = *options.exercise;
  if (!workshop.book().module(e.module).kernels)
    throw UserError(fmt::format("{} {} has no kernels: module 09 has", e.id, e.name));
  const fs::path tests = linked_tests(workshop, e, options.workbook),
                 folder = options.out / ("kernel_" + e.id);
  fs::remove_all(folder);
  fs::create_directories(folder);
  run({.arguments = {tests.string()},
       .environment = {"GRADBOOK_LAUNCHES=" + folder.string()},
       .wall = std::chrono::seconds(60)});

  auto launches = read_launches(folder);
  if (launches.empty())
    throw UserError(
        fmt::format("no kernel of {} came to its end: ./gradbook check {} says why", e.id, e.id));
  if (launch == 0) {
    launch = std::ranges::max_element(launches, {}, [](const RecordedLaunch& l) {
               return l.global_reads + l.global_writes + l.shared_reads + l.shared_writes;
             })->number;
  }
  const std::size_t all = launches.size();
  if (launch > all)
    throw UserError(fmt::format("there is no launch {}: {} were written down", launch, all));
  launches.resize(std::min(all, kShown));
  fmt::print("{} {}: what its public tests launch, {}\n\n{}", e.id, e.name,
             workshop.recipe().kernels.ran_on, to_text(launches));
  if (all > kShown)
    fmt::print("and {} more, in {}\n", all - kShown, (folder / "launches.tsv").string());
  const fs::path picture = draw(workshop, folder, launch, columns);
  fmt::print(
      "\nwho touches what in the first block of launch {}: {}\nanother one: ./gradbook show "
      "kernel {} --launch N --columns {}\n",
      launch, picture.string(), e.id, columns);
  open_picture(picture);
  return 0;
}

}  // namespace gradbook
