/// @file
/// Somebody works through the book: what is on the screen, what each key does, what runs beside it.
#pragma once

#include <deque>
#include <memory>
#include <mutex>
#include <optional>

#include "student/check.hpp"
#include "student/progress.hpp"
#include "student/watch/background.hpp"
#include "student/watch/file_watch.hpp"
#include "student/watch/screen.hpp"
#include "student/watch/terminal.hpp"

namespace gradbook {

/// A path as the person at the keyboard would write it.
std::string shown(const fs::path& file);

/// The screen of `gradbook` alone, from its first moment to its last. One thread has it all; work
/// beside it hands over results.
class Session {
 public:
  Session(const Workshop& workshop, fs::path workbook)
      : workshop_(workshop),
        book_(workshop.book()),
        workbook_(std::move(workbook)),
        progress_(book_, workbook_),
        background_(Terminal::wake) {}

  int run();

 private:
  enum class Mode { welcome, exercise, asking_reset, list, grid, text, program };

  // What is done
  void go_to(const Exercise& e);
  void check_current();
  void check_many(std::vector<const Exercise*> exercises, std::string title, bool finish);
  void run_program();
  void next();
  void hint();
  void reset();
  void undo();
  void rebuild();
  void show_solution();
  void take(Verdict verdict);
  void celebrate_if_finished();
  void conclude();

  // Keys, as each mode has them
  void press(const Key& key);
  void press_exercise(const Key& key);
  void press_list(const Key& key);
  void press_text(const Key& key);
  void press_program(const Key& key);

  // Work beside the screen hands its results over here; those of work that was replaced are dropped
  void post(int generation, std::function<void()> result);
  void take_results();

  // A change of the state that could not be written is told, and costs nothing else
  template <class Change>
  void keep(Change change) {
    try {
      change();
    } catch (const UserError& error) {
      notices_ = {error.what()};
    }
  }

  void clear_notices() {
    notices_.clear();
    may_undo_ = false;
  }
  void draw();
  WatchModel watch_model() const;
  TextModel text_model() const;
  std::vector<ListModel::Row> rows() const;
  fs::path file() const { return workbook_ / Book::stub_path(*at_); }
  bool has_program() const {
    return fs::exists(book_.root() / "modules" / at_->module / "main.cpp");
  }
  bool has_solution() const {
    return verdict_ && verdict_->state == State::done && fs::exists(book_.solution(*at_));
  }

  const Workshop& workshop_;
  const Book& book_;
  const fs::path workbook_;
  Progress progress_;
  Terminal terminal_;

  Mode mode_ = Mode::exercise;
  bool quit_ = false;
  const Exercise* at_ = nullptr;
  std::unique_ptr<FileWatch> files_;
  std::optional<Verdict> verdict_;
  bool checking_ = false;
  int hints_shown_ = 0;
  std::vector<std::string> notices_;
  bool may_undo_ = false;  // the notice of a reset stands
  int scroll_ = 0;

  ListModel list_{};
  GridModel grid_{};
  bool finish_ = false;                      // the grid is the last look before a celebration
  std::vector<const Exercise*> to_rebuild_;  // what is still to be checked of a damaged state
  std::string text_title_, text_;
  bool program_ended_ = false;

  int generation_ = 0;
  std::mutex mutex_;
  std::deque<std::pair<int, std::function<void()>>> results_;
  Background background_;  // last: it ends before what its work uses
};

}  // namespace gradbook
