#include "author/verify.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <atomic>
#include <map>
#include <mutex>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>
#include <thread>

#include "author/prover.hpp"
#include "grading/build/fingerprint.hpp"
#include "system/lock.hpp"

namespace gradbook {
namespace {

// Everything that the proof of an exercise depends on
std::string key_of(const Workshop& workshop, const Exercise& e) {
  const Book& book = workshop.book();
  std::set<fs::path> files = {book.stub(e), book.public_tests(e), book.mutants(e),
                              book.root() / "modules" / e.module / "chapter.md"};
  for (const auto& entry : fs::recursive_directory_iterator(book.root() / "tools/author")) {
    if (entry.is_regular_file()) files.insert(entry.path());
  }
  std::string all = fmt::format("{}\n{} {} {} {} {}\n", fingerprint(workshop, e), e.title, e.learnt,
                                e.points, e.minutes, fmt::join(e.hints, ","));
  for (const fs::path& file : files) {
    all += fmt::format("{} {}\n", file.lexically_relative(book.root()).string(),
                       fs::exists(file) ? digest(read_file(file)) : "none");
  }
  return digest(all);
}

Proof remembered(const nlohmann::json& json) {
  Proof p;
  p.known = true;
  json.at("id").get_to(p.id);
  json.at("to_do").get_to(p.to_do);
  json.at("tests").get_to(p.tests);
  json.at("cases").get_to(p.cases);
  json.at("proofs").get_to(p.proofs);
  json.at("mutants").get_to(p.mutants);
  json.at("killed").get_to(p.killed);
  json.at("killed_by_public").get_to(p.killed_by_public);
  return p;
}

// The proof of an exercise, remembered where nothing has changed
Proof proof_of(const Workshop& workshop, const Exercise& e, bool fresh) {
  const auto start = std::chrono::steady_clock::now();
  const fs::path memory = workshop.folder_of(e) / "verified.json";
  const std::string key = key_of(workshop, e);
  if (!fresh && fs::exists(memory)) {
    const auto json = nlohmann::json::parse(read_file(memory), nullptr, false);
    if (!json.is_discarded() && json.value("key", "") == key) return remembered(json);
  }
  const Lock lock(workshop.folder_of(e));
  Proof p = prove(workshop, e);
  p.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  if (p.faults.empty()) {
    write_atomically(memory, nlohmann::json{{"key", key},
                                            {"id", p.id},
                                            {"to_do", p.to_do},
                                            {"tests", p.tests},
                                            {"cases", p.cases},
                                            {"proofs", p.proofs},
                                            {"mutants", p.mutants},
                                            {"killed", p.killed},
                                            {"killed_by_public", p.killed_by_public}}
                                 .dump());
  }
  return p;
}

// Those with the most mutants, so that nobody waits for one of them at the end
std::vector<std::size_t> longest_first(const Book& book,
                                       std::span<const Exercise* const> exercises) {
  std::vector<std::size_t> order(exercises.size()), sizes(exercises.size());
  for (std::size_t i = 0; i < exercises.size(); ++i) {
    std::error_code absent;
    const auto size = fs::file_size(book.mutants(*exercises[i]), absent);
    order[i] = i;
    sizes[i] = absent ? 0 : size;
  }
  std::ranges::stable_sort(order, std::greater(), [&](std::size_t i) { return sizes[i]; });
  return order;
}

}  // namespace

std::vector<Proof> verify(const Workshop& workshop, std::span<const Exercise* const> exercises,
                          bool fresh, const std::function<void(const Proof&)>& finished) {
  workshop.bring_up_to_date(exercises);
  std::vector<Proof> proofs(exercises.size());
  const std::vector<std::size_t> order = longest_first(workshop.book(), exercises);
  std::atomic<std::size_t> next = 0;
  std::mutex telling;
  const auto work = [&] {
    for (std::size_t at; (at = next++) < order.size();) {
      const std::size_t i = order[at];
      proofs[i] = proof_of(workshop, *exercises[i], fresh);
      const std::lock_guard lock(telling);
      finished(proofs[i]);
    }
  };
  std::vector<std::jthread> workers;
  // One more than there are cores, for some wait for a mutant that hangs
  for (unsigned i = 0; i < std::max(1u, std::thread::hardware_concurrency()); ++i)
    workers.emplace_back(work);
  work();
  workers.clear();
  return proofs;
}

std::string to_text(const std::vector<Proof>& proofs, const Book& book) {
  std::string text =
      "  exercise                     tests  cases  proofs  mutants killed  by public tests\n";
  int wrong = 0, to_do = 0;
  for (const Proof& p : proofs) {
    const std::string row = fmt::format(
        "{} {:<5} {:<22} {:>5}  {:>5}  {:>6}  {:>7} {:>6}  {:>8}",
        !p.faults.empty() ? "✗"
        : p.to_do         ? "·"
                          : "✓",
        p.id, book.find(p.id)->name, p.tests, p.cases, p.proofs, p.mutants, p.killed,
        p.mutants > 0 ? fmt::format("{:.0f}%", 100.0 * p.killed_by_public / p.mutants) : "");
    text += row +
            (p.to_do   ? "  to do"
             : p.known ? "  (known)"
                       : fmt::format("  {:.1f} s", p.seconds)) +
            "\n";
    wrong += !p.faults.empty();
    to_do += p.to_do;
  }
  for (const Proof& p : proofs) {
    for (const std::string& fault : p.faults)
      text += fmt::format("\n{} {}: {}", p.id, book.find(p.id)->name, fault);
    if (!p.faults.empty()) text += "\n";
  }
  text += fmt::format("\n{} of {} exercises are proven{}{}\n", proofs.size() - wrong - to_do,
                      proofs.size(), to_do > 0 ? fmt::format(", {} to do", to_do) : "",
                      wrong > 0 ? fmt::format(", {} at fault", wrong) : "");
  return text;
}

}  // namespace gradbook
