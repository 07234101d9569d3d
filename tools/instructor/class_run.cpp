#include "instructor/class_run.hpp"

#include <fmt/format.h>

#include <deque>
#include <exception>
#include <mutex>
#include <set>
#include <thread>

namespace gradbook {
namespace {

constexpr int kTries = 2;          // of a task that fails for no fault of the student's
constexpr int kDeaths = 2;         // over a task, alone, after which it is set aside
constexpr int kFailuresInRow = 6;  // of the machine, before the run is ended

class Run {
 public:
  Run(Preparation& preparation, const Sandbox& sandbox, Journal& journal,
      const ClassRunOptions& options,
      const std::function<void(const Task&, const UnitResult&, bool)>& finished)
      : preparation_(preparation),
        sandbox_(sandbox),
        journal_(journal),
        options_(options),
        finished_(finished) {}

  std::map<std::string, UnitResult> run(std::span<const Task> tasks) {
    // What is known, what is new, and what an earlier run may have died of
    std::deque<const Task*> suspects;
    std::set<std::string> seen;
    std::set<const Exercise*> exercises;  // of what is new
    for (const Task& task : tasks) {
      if (!seen.insert(task.key).second) continue;
      if (auto known = journal_.result(task.key)) {
        note(task, std::move(*known), true);
      } else if (journal_.deaths_alone(task.key) >= kDeaths) {
        note(task, set_aside(), false);
      } else {
        exercises.insert(task.exercises.begin(), task.exercises.end());
        (journal_.deaths(task.key) > 0 ? suspects : waiting_).push_back(&task);
      }
    }
    preparation_.make_objects(std::vector(exercises.begin(), exercises.end()));
    work(options_.jobs);
    waiting_ = std::move(suspects);
    alone_ = true;
    work(1);
    return std::move(results_);
  }

 private:
  static UnitResult set_aside() {
    return {.messages = {fmt::format(
                "set aside: gradbook died {} times over this file, and nothing else was graded "
                "meanwhile; look at it by hand",
                kDeaths)},
            .set_aside = true};
  }

  void work(int jobs) {
    std::vector<std::thread> threads;
    const int wanted = std::min<int>(jobs, static_cast<int>(waiting_.size()));
    for (int i = 0; i < wanted; ++i) {
      threads.emplace_back([this, i, wanted] {
        try {
          Desk desk(preparation_.workshop(), sandbox_, options_.folder / fmt::format("desk_{}", i),
                    options_.folder / "objects", options_.rules, options_.jobs / wanted);
          while (const Task* task = next()) do_task(desk, *task);
        } catch (...) {
          const std::lock_guard guard(mutex_);
          if (!failure_) failure_ = std::current_exception();
        }
      });
    }
    for (std::thread& thread : threads) thread.join();
    if (failure_) std::rethrow_exception(failure_);
  }

  const Task* next() {
    const std::lock_guard guard(mutex_);
    if (failure_ || waiting_.empty()) return nullptr;
    const Task* task = waiting_.front();
    waiting_.pop_front();
    return task;
  }

  void do_task(Desk& desk, const Task& task) {
    for (const Exercise* e : task.exercises) preparation_.make_programs(*e);
    journal_.begin(task.key, alone_);
    UnitResult result;
    for (int i = 0; i < kTries && !result.is_final(); ++i) {
      try {
        result = task.work(desk);
        if (!result.is_final()) result.messages = {"the sandbox was lost before it was judged"};
      } catch (const UserError& error) {
        result = {.messages = {error.what()}};
      }
    }
    if (result.is_final()) {
      journal_.finish(task.key, result);
    } else {
      journal_.give_up(task.key);
    }
    note(task, std::move(result), false);
  }

  void note(const Task& task, UnitResult result, bool known) {
    const std::lock_guard guard(mutex_);
    failures_in_row_ = result.is_final() ? 0 : failures_in_row_ + 1;
    if (failures_in_row_ == kFailuresInRow && !failure_) {
      failure_ = std::make_exception_ptr(UserError(fmt::format(
          "grading stopped, for it is the machine that fails, {} times in a row, the last time "
          "with:\n  {}\nwhat was graded is kept: start again once it is mended",
          kFailuresInRow, result.messages.empty() ? "" : result.messages.front())));
    }
    finished_(task, result, known);
    results_.emplace(task.key, std::move(result));
  }

  Preparation& preparation_;
  const Sandbox& sandbox_;
  Journal& journal_;
  const ClassRunOptions& options_;
  const std::function<void(const Task&, const UnitResult&, bool)>& finished_;

  std::mutex mutex_;  // of all below
  std::deque<const Task*> waiting_;
  std::map<std::string, UnitResult> results_;
  std::exception_ptr failure_;
  int failures_in_row_ = 0;
  bool alone_ = false;
};

}  // namespace

std::map<std::string, UnitResult> run_class(
    Preparation& preparation, const Sandbox& sandbox, Journal& journal, std::span<const Task> tasks,
    const ClassRunOptions& options,
    const std::function<void(const Task&, const UnitResult&, bool known)>& finished) {
  return Run(preparation, sandbox, journal, options, finished).run(tasks);
}

}  // namespace gradbook
