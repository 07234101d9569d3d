#include "bench/latency.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdio>

#include "student/workbook_copy.hpp"
#include "system/process.hpp"

namespace gradbook {
namespace {

constexpr double kSmall = 3;      // points of what P15 calls a small exercise
constexpr int kFewestTurns = 7;   // a single save drifts by a third
constexpr double kOfNaive = 0.4;  // P16

double seconds_of(const Command& command, bool& ok) {
  const auto start = std::chrono::steady_clock::now();
  ok = run(command).ok();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

double median_of(std::vector<double> values) {
  std::ranges::sort(values);
  return values[values.size() / 2];
}

// P16: exercises whose headers are heavy, beside the compilation of the same file alone as anybody
// would do it: without precompiled headers, without the tests, without linking
int bench_heavy(const Workshop& workshop, const WorkbookCopy& copy, int turns) {
  const Book& book = workshop.book();
  fmt::print("P16: the same where heavy headers are seen, in turn with a plain compilation\n");
  std::vector<double> ratios;
  for (const Exercise* e : book.select("")) {
    if (e->precompiled.empty()) continue;
    const fs::path file = copy.root() / Book::stub_path(*e);
    const std::string solution = read_file(book.solution(*e));
    const Command check{.arguments = {(book.root() / "gradbook").string(), "check", e->id,
                                      "--workbook", copy.root().string()}};
    Command plain{.arguments = {workshop.recipe().compiler}};
    for (const std::string& flag : workshop.recipe().flags) plain.arguments.push_back(flag);
    for (const std::string& word :
         {std::string("-I"), (book.root() / "modules").string(), std::string("-c"), file.string(),
          std::string("-o"), (copy.root() / "plain.o").string()})
      plain.arguments.push_back(word);

    std::vector<double> ours, theirs;
    bool ok = true, compiled = true;
    for (int turn = -1; turn < turns && ok && compiled; ++turn) {
      write_atomically(file, fmt::format("{}// save {}\n", solution, turn));
      const double us = seconds_of(check, ok), them = seconds_of(plain, compiled);
      if (turn >= 0) ours.push_back(us), theirs.push_back(them);
    }
    if (!ok || !compiled)
      throw UserError(fmt::format("the reference of {} does not pass: nothing to measure", e->id));
    ratios.push_back(median_of(ours) / median_of(theirs));
    fmt::print("  {:<5} {:<24} {:.3f} s, compiled plainly {:.3f} s, ratio {:.2f}\n", e->id, e->name,
               median_of(ours), median_of(theirs), ratios.back());
    std::fflush(stdout);
  }
  if (ratios.empty()) return 0;
  const double ratio = median_of(ratios);
  fmt::print("median: ratio {:.2f}, goal {:.2f}: {}\n", ratio, kOfNaive,
             ratio <= kOfNaive ? "reached" : "MISSED");
  return ratio <= kOfNaive ? 0 : 1;
}

}  // namespace

int bench_latency(const Workshop& workshop, int turns) {
  const Book& book = workshop.book();
  turns = std::max(turns, kFewestTurns);
  const WorkbookCopy copy(book);
  const fs::path empty_test = copy.root() / "test_empty.py";
  write_atomically(empty_test, "def test():\n    pass\n");
  const Command pytest{.arguments = {"/usr/bin/python3", "-m", "pytest", "-q", "-p",
                                     "no:cacheprovider", empty_test.string()}};

  fmt::print("P15: from a save to the verdict ({} saves each, in turn with an empty pytest run)\n",
             turns);
  std::vector<double> small, all;  // ratios
  for (const Exercise* e : book.select("")) {
    const fs::path file = copy.root() / Book::stub_path(*e);
    const std::string solution = read_file(book.solution(*e));
    const Command check{.arguments = {(book.root() / "gradbook").string(), "check", e->id,
                                      "--workbook", copy.root().string()}};

    std::vector<double> ours, theirs;
    bool ok = true, pytest_ok = true;
    for (int turn = -1; turn < turns && ok;
         ++turn) {  // the first brings everything else up to date
      write_atomically(file, fmt::format("{}// save {}\n", solution, turn));
      const double us = seconds_of(check, ok), them = seconds_of(pytest, pytest_ok);
      if (turn >= 0) ours.push_back(us), theirs.push_back(them);
    }
    if (!ok)
      throw UserError(fmt::format("the reference of {} does not pass: nothing to measure", e->id));
    if (!pytest_ok) {
      fmt::print("  {:<5} {:<20} {:.3f} s; pytest is not there: not measured\n", e->id, e->name,
                 median_of(ours));
      continue;
    }
    all.push_back(median_of(ours) / median_of(theirs));
    if (e->points <= kSmall) small.push_back(all.back());
    fmt::print("  {:<5} {:<20} {:.3f} s, pytest {:.3f} s, ratio {:.2f}\n", e->id, e->name,
               median_of(ours), median_of(theirs), all.back());
    std::fflush(stdout);
  }
  const int heavy = bench_heavy(workshop, copy, turns);
  if (small.empty()) return heavy;
  const double ratio = median_of(small);
  fmt::print(
      "median of all: ratio {:.2f}; of the small ones (up to {:g} points): ratio {:.2f}, goal "
      "1.00: {}\n",
      median_of(all), kSmall, ratio, ratio <= 1.0 ? "reached" : "MISSED");
  return ratio <= 1.0 ? heavy : 1;
}

}  // namespace gradbook
