// What each key does.
#include <fmt/format.h>

#include <algorithm>
#include <regex>

#include "student/reset.hpp"
#include "student/watch/session.hpp"

namespace gradbook {
namespace {

constexpr int kToTheEnd = 10000;  // draw() takes what there is

// A solution as one would write it: the marks that stubs are made from are for authors
std::string without_marks(const std::string& solution) {
  static const std::regex begin("// SOLUTION BEGIN +"),
      gone(" *// (SOLUTION BEGIN|SOLUTION END|STUB( [^\n]*)?)\n");
  return std::regex_replace(std::regex_replace(solution, begin, "// "), gone, "");
}

}  // namespace

void Session::next() {
  if (!progress_.of(at_->id).done || (verdict_ && verdict_->state != State::done)) {
    notices_ = {fmt::format("{} is not done yet: h gives a hint; l lists all, to go on elsewhere.",
                            at_->id)};
    return;
  }
  // The first after this one that is not done, else the first of all
  auto all = book_.select("");
  std::ranges::rotate(all, std::ranges::find(all, at_));
  const auto open =
      std::ranges::find_if(all, [&](const Exercise* e) { return !progress_.of(e->id).done; });
  if (open == all.end()) {
    check_many(book_.select(""), "Everything is done. Checking the whole book once more …", true);
    return;
  }
  keep([&] { progress_.set_current((*open)->id); });
  go_to(**open);
}

void Session::hint() {
  const int taken = progress_.of(at_->id).hints;
  if (hints_shown_ == 3) {
    notices_ = {"These are all three hints; the chapter has more."};
  } else if (hints_shown_ < taken) {
    ++hints_shown_;  // it was taken before: shown again, one by one
  } else {
    keep([&] { hints_shown_ = progress_.take_hint(at_->id); });
  }
  scroll_ = scroll_to_hint(watch_model());
}

void Session::reset() {
  mode_ = Mode::exercise;
  keep([&] {
    const auto [was_stub, kept] = put_stub(book_, workbook_, *at_);
    if (was_stub) {
      notices_ = {fmt::format("{} is the stub already: nothing to do.", at_->id)};
      return;
    }
    notices_ = {fmt::format("{} is the stub again.", at_->id)};
    may_undo_ = !kept.empty();
    if (may_undo_)
      notices_ = {fmt::format("{} is the stub again; u brings yours back, which is kept as {}.",
                              at_->id, kept.string())};
    files_ = std::make_unique<FileWatch>(file());  // this save is ours
    check_current();
  });
}

void Session::undo() {
  keep([&] {
    bring_back(workbook_, *at_);
    clear_notices();
    notices_ = {fmt::format("{} is as it was before the reset.", at_->id)};
    files_ = std::make_unique<FileWatch>(file());
    check_current();
  });
}

void Session::show_solution() {
  if (!has_solution()) {
    notices_ = {verdict_ && verdict_->state == State::done
                    ? "The solutions are not in this workbook."
                    : fmt::format("The solution of {} is shown once yours is done.", at_->id)};
    return;
  }
  keep([&] {
    text_ = without_marks(read_file(book_.solution(*at_)));
    text_title_ = shown(book_.solution(*at_));
    scroll_ = 0;
    mode_ = Mode::text;
  });
}

void Session::press(const Key& key) {
  if (key.text == "stop") {
    quit_ = true;
    return;
  }
  switch (mode_) {
    case Mode::welcome:
      if (key.text == "q") quit_ = true;
      mode_ = Mode::exercise;
      return;
    case Mode::exercise:
      return press_exercise(key);
    case Mode::asking_reset:
      notices_.clear();
      mode_ = Mode::exercise;
      if (key.text == "y") reset();
      return;
    case Mode::list:
      return press_list(key);
    case Mode::grid:
      if (key.text == "q") quit_ = true;
      mode_ = Mode::exercise;
      if (grid_.finished && (key.text == "n" || key.text == "g" || key.text == "l"))
        return press_exercise(key);
      if (!verdict_ || !grid_.finished) check_current();
      return;
    case Mode::text:
      return press_text(key);
    case Mode::program:
      return press_program(key);
  }
}

void Session::press_exercise(const Key& key) {
  const std::string& k = key.text;
  if (k == "j" || k == "down" || k == "k" || k == "up") {
    scroll_ =
        std::clamp(scroll_ + (k == "j" || k == "down" ? 1 : -1), 0, last_scroll(watch_model()));
    return;
  }
  const bool may_undo = may_undo_;
  clear_notices();
  if (k == "q") quit_ = true;
  if (k == "u" && may_undo) undo();
  if (k == "n") next();
  if (k == "h") hint();
  if (k == "s") show_solution();
  if (k == "g") run_program();
  if (k == "c") check_many(book_.select(""), "Checking all exercises", false);
  if (k == "l") {
    list_ = {};
    list_.rows = rows();
    const auto here = std::ranges::find(list_.rows, at_, &ListModel::Row::exercise);
    list_.chosen = static_cast<std::size_t>(here - list_.rows.begin());
    mode_ = Mode::list;
  }
  if (k == "x") {
    scroll_ = kToTheEnd;
    mode_ = Mode::asking_reset;
    notices_ = {fmt::format(
        "Reset {} to its stub? Your file is kept as a backup. y resets, any other key does not.",
        at_->id)};
  }
}

void Session::press_list(const Key& key) {
  const std::string& k = key.text;
  const auto refresh = [&] {
    list_.rows = rows();
    list_.chosen = 0;
  };
  if (list_.typing) {
    if (k == "escape") list_.filter.clear();
    if (k == "escape" || k == "enter") list_.typing = false;
    if (k == "backspace") {
      while (!list_.filter.empty() &&
             (static_cast<unsigned char>(list_.filter.back()) & 0xc0) == 0x80)
        list_.filter.pop_back();
      if (!list_.filter.empty()) list_.filter.pop_back();
    }
    if (k.size() == 1 || static_cast<unsigned char>(k[0]) >= 0x80) list_.filter += k;
    refresh();
    return;
  }
  if ((k == "j" || k == "down") && list_.chosen + 1 < list_.rows.size()) ++list_.chosen;
  if ((k == "k" || k == "up") && list_.chosen > 0) --list_.chosen;
  if (k == "/") list_.typing = true;
  if (k == "l" || k == "escape") mode_ = Mode::exercise;
  if (k == "q") quit_ = true;
  if (k == "enter" && list_.chosen < list_.rows.size()) {
    const Exercise& chosen = *list_.rows[list_.chosen].exercise;
    mode_ = Mode::exercise;
    keep([&] { progress_.set_current(chosen.id); });
    go_to(chosen);
  }
}

void Session::press_text(const Key& key) {
  const bool down = key.text == "j" || key.text == "down", up = key.text == "k" || key.text == "up";
  if (down || up || key.text == "page down" || key.text == "page up") {
    const int step = down ? 1
                     : up ? -1
                          : (key.text == "page down" ? 1 : -1) * terminal_.size().rows / 2;
    scroll_ = std::clamp(scroll_ + step, 0, last_scroll(text_model()));
    return;
  }
  scroll_ = 0;
  mode_ = Mode::exercise;
}

void Session::press_program(const Key& key) {
  if (!program_ended_ && key.text != "q") return;  // it may take a while: only q stops it
  terminal_.enter_screen();
  mode_ = Mode::exercise;
  check_current();
}

}  // namespace gradbook
