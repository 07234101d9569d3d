// What runs beside the screen: checks of one exercise and of many, and the module's program.
#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <thread>

#include "student/check_many.hpp"
#include "student/run_module.hpp"
#include "student/run_on_gpu.hpp"
#include "student/watch/session.hpp"

namespace gradbook {
namespace {

// A check that never throws: what cannot be checked is told in the verdict's place
Verdict verdict_of(const Workshop& workshop, const Exercise& e, const fs::path& workbook) {
  try {
    return check(workshop, e, {.workbook = workbook});
  } catch (const std::exception& error) {
    return {.exercise = &e,
            .state = State::infrastructure,
            .file = (workbook / Book::stub_path(e)).string(),
            .messages = {error.what()}};
  }
}

}  // namespace

void Session::check_current() {
  if (mode_ != Mode::welcome) mode_ = Mode::exercise;
  terminal_.enter_screen();
  checking_ = true;
  checking_since_ = std::chrono::steady_clock::now();
  scroll_ = 0;
  const int generation = ++generation_;
  background_.start([this, generation, e = at_](const Background::Cancelled& cancelled) {
    Verdict verdict = verdict_of(workshop_, *e, workbook_);
    if (cancelled()) return;
    post(generation, [this, verdict] {
      checking_ = false;
      verdict_ = verdict;
      verdict_->from_reference = from_reference(book_, *at_, progress_);
      const bool was_done = progress_.of(at_->id).done;
      take(verdict);
      if (!was_done && verdict.state == State::done) celebrate_if_finished();
    });
    auto on_gpu = run_on_gpu(workshop_, verdict, {.workbook = workbook_});
    if (on_gpu && !cancelled())
      post(generation, [this, on_gpu = std::move(on_gpu)] {
        if (verdict_) verdict_->on_gpu = on_gpu;
      });
  });
}

void Session::take(Verdict verdict) {
  keep([&] { progress_.note(verdict); });
  if (std::erase(to_rebuild_, verdict.exercise) == 0 || !to_rebuild_.empty()) return;
  keep([&] {
    progress_.rebuilt();
    const auto all = book_.select("");
    notices_ = {fmt::format(
        "Your progress is rebuilt: {} of {} exercises pass.",
        std::ranges::count_if(all, [&](const Exercise* e) { return progress_.of(e->id).done; }),
        all.size())};
  });
}

// Many exercises side by side, one result after the other
void Session::check_many(std::vector<const Exercise*> exercises, std::string title, bool finish) {
  mode_ = Mode::grid;
  finish_ = finish;
  checking_ = false;
  grid_ = {.size = {}, .title = std::move(title)};
  for (const Exercise* e : exercises) grid_.cells.push_back({e});
  const int generation = ++generation_;
  background_.start([this, generation, exercises](const Background::Cancelled& cancelled) {
    std::atomic<std::size_t> taken = 0;
    const auto work = [&] {
      for (std::size_t i; (i = taken++) < exercises.size() && !cancelled();) {
        Verdict verdict = verdict_of(workshop_, *exercises[i], workbook_);
        if (cancelled()) return;
        post(generation, [this, i, verdict = std::move(verdict)] {
          grid_.cells[i].state = verdict.state;
          take(verdict);
        });
      }
    };
    std::vector<std::thread> workers;
    for (unsigned i = 1; i < std::clamp(std::thread::hardware_concurrency(), 1u, 4u); ++i)
      workers.emplace_back(work);
    work();
    for (std::thread& worker : workers) worker.join();
    post(generation, [this] { conclude(); });
  });
}

// What is written is checked again, one exercise after the other, whenever nothing else is to do
void Session::rebuild() {
  background_.tick();
  if (to_rebuild_.empty() || background_.busy()) return;
  background_.start([this, e = to_rebuild_.front(),
                     generation = generation_](const Background::Cancelled& cancelled) {
    Verdict verdict = verdict_of(workshop_, *e, workbook_);
    if (cancelled()) return;  // its turn comes again
    post(generation, [this, verdict = std::move(verdict)] { take(verdict); });
  });
}

// Says what came out of many checks
void Session::conclude() {
  grid_.finished = true;
  double points = 0;
  std::string open;
  for (const auto& [e, state] : grid_.cells) {
    if (state == State::done) {
      points += e->points;
    } else {
      open += (open.empty() ? "" : ", ") + e->id;
    }
  }
  const auto done =
      std::ranges::count(grid_.cells, std::optional(State::done), &GridModel::Cell::state);
  const bool whole_book = grid_.cells.size() == book_.select("").size();
  if (open.empty() && (finish_ || whole_book)) {
    grid_.title.clear();
    if (finish_) {
      const Module& module = book_.module(at_->module);
      grid_.title = fmt::format("★ Module {} is finished: {}. {}\n", module.number, module.title,
                                module.goal);
    }
    if (whole_book) grid_.title += "★ The book is finished. What you have built is yours.\n";
    grid_.title +=
        fmt::format("All {} exercises were checked again and are done: {:g} points.", done, points);
    if (has_program()) grid_.title += " g runs what you have built.";
  } else if (finish_) {
    grid_.title =
        fmt::format("Not finished yet: checked again, {} did not pass. l goes there.", open);
  } else {
    grid_.title = fmt::format("{} of {} done, {:g} points", done, grid_.cells.size(), points);
  }
}

// At the end of a module, and of the book, nothing is believed that was not checked again
void Session::celebrate_if_finished() {
  const auto done = [&](const Exercise* e) { return progress_.of(e->id).done; };
  const auto all = book_.select(""), module = book_.select(at_->module);
  if (std::ranges::all_of(all, done)) {
    check_many(all, "Everything is done. Checking the whole book once more …", true);
  } else if (std::ranges::all_of(module, done)) {
    check_many(module,
               fmt::format("Module {} is done. Checking all of it once more …", at_->module), true);
  }
}

void Session::run_program() {
  if (!has_program()) {
    notices_ = {fmt::format("Module {} has no program of its own.", at_->module)};
    return;
  }
  mode_ = Mode::program;
  program_ended_ = false;
  checking_ = false;
  terminal_.leave_screen();
  fmt::print("\n── the program of {}: q stops it ──\n\n", at_->module);
  std::fflush(stdout);
  const int generation = ++generation_;
  background_.start(
      [this, generation, module = at_->module](const Background::Cancelled& cancelled) {
        try {
          run_module(workshop_, {.module = module,
                                 .workbook = workbook_,
                                 .out = book_.root() / "build" / "run" / module,
                                 .cancelled = cancelled});
        } catch (const std::exception& error) {
          if (!cancelled()) fmt::print("{}\n", error.what());
        }
        std::fflush(stdout);
        post(generation, [this] {
          program_ended_ = true;
          fmt::print("\n── any key goes back ──\n");
          std::fflush(stdout);
        });
      });
}

void Session::post(int generation, std::function<void()> result) {
  {
    const std::lock_guard guard(mutex_);
    results_.emplace_back(generation, std::move(result));
  }
  Terminal::wake();
}

void Session::take_results() {
  std::deque<std::pair<int, std::function<void()>>> results;
  {
    const std::lock_guard guard(mutex_);
    results.swap(results_);
  }
  for (const auto& [generation, result] : results) {
    if (generation == generation_) result();
  }
}

}  // namespace gradbook
