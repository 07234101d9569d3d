#include "student/watch/watch.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <deque>
#include <memory>
#include <mutex>
#include <numeric>

#include "student/check.hpp"
#include "student/progress.hpp"
#include "student/reset.hpp"
#include "student/run_module.hpp"
#include "student/watch/background.hpp"
#include "student/watch/file_watch.hpp"
#include "student/watch/screen.hpp"
#include "student/watch/terminal.hpp"
#include "system/process.hpp"

namespace gradbook {
namespace {

using namespace std::chrono_literals;

constexpr const char* kWelcome =
    "You will build a deep-learning framework, one small file at a time.\n"
    "\n"
    "  Read the chapter of the module; then open the file whose path is at the bottom of the "
    "screen.\n"
    "\n"
    "  Replace not_started(…) by your code, and save. Every save is checked at once, and the "
    "screen "
    "says what was wrong, or what you have learnt.\n"
    "\n"
    "  Stuck? h gives a hint, and another; nobody counts them against you.\n"
    "\n"
    "Keep this window beside your editor.";

// A check that never throws: what cannot be checked is told in the verdict's place
Verdict verdict_of(const Workshop& workshop, const Exercise& e, const fs::path& workbook) {
  try {
    return check(workshop, e, {.workbook = workbook});
  } catch (const std::exception& error) {
    return {.exercise = &e,
            .state = State::missing,
            .file = (workbook / Book::stub_path(e)).string(),
            .messages = {error.what()}};
  }
}

// A path as the person at the keyboard would write it, and as a link
std::string shown(const fs::path& file) {
  const fs::path relative = file.lexically_relative(fs::current_path());
  return relative.empty() || *relative.begin() == ".." ? file.string() : relative.string();
}

std::string link_to(const fs::path& file) {
  std::string link = "file://";
  for (const char c : fs::absolute(file).string()) {
    const bool plain = std::isalnum(static_cast<unsigned char>(c)) ||
                       std::string_view("/._-~").find(c) != std::string_view::npos;
    link += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return link;
}

class Watch {
 public:
  Watch(const Workshop& workshop, fs::path workbook)
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
  int scroll_ = 0;

  ListModel list_{};
  GridModel grid_{};
  bool finish_ = false;  // the grid is the last look before a celebration
  std::string text_title_, text_;
  bool program_ended_ = false;

  int generation_ = 0;
  std::mutex mutex_;
  std::deque<std::pair<int, std::function<void()>>> results_;
  Background background_;  // last: it ends before what its work uses
};

int Watch::run() {
  if (progress_.is_new()) {
    mode_ = Mode::welcome;
  }
  go_to(progress_.current());
  if (!progress_.warning().empty()) notices_.push_back(progress_.warning());

  while (!quit_) {
    draw();
    const auto patience = std::min(files_->patience(), background_.tick());
    for (const Key& key : terminal_.wait(files_->descriptor(), static_cast<int>(patience.count())))
      press(key);
    take_results();
    if (!quit_ && files_->changed()) {
      notices_.clear();
      check_current();
    }
  }
  if (!background_.stop_and_wait(3s)) {
    // It hangs in something that no signal ends, such as a lock of another gradbook
    terminal_.~Terminal();
    _exit(0);
  }
  return 0;
}

void Watch::go_to(const Exercise& e) {
  at_ = &e;
  files_ = std::make_unique<FileWatch>(file());
  verdict_.reset();
  hints_shown_ = 0;
  notices_.clear();
  check_current();
}

void Watch::check_current() {
  if (mode_ != Mode::welcome) mode_ = Mode::exercise;
  terminal_.enter_screen();
  checking_ = true;
  scroll_ = 0;
  const int generation = ++generation_;
  background_.start([this, generation, e = at_](const Background::Cancelled& cancelled) {
    Verdict verdict = verdict_of(workshop_, *e, workbook_);
    if (cancelled()) return;
    post(generation, [this, verdict = std::move(verdict)] {
      checking_ = false;
      verdict_ = verdict;
      const bool was_done = progress_.of(at_->id).done;
      take(verdict);
      if (!was_done && verdict.state == State::done) celebrate_if_finished();
    });
  });
}

void Watch::take(Verdict verdict) {
  keep([&] { progress_.note(verdict); });
}

// Many exercises side by side, one result after the other
void Watch::check_many(std::vector<const Exercise*> exercises, std::string title, bool finish) {
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

// Says what came out of many checks
void Watch::conclude() {
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
  const bool all = open.empty(), whole_book = grid_.cells.size() == book_.select("").size();
  if (all && whole_book) {
    grid_.title = fmt::format(
        "★ The book is finished: all {} exercises were checked again and are done, {:g} points. "
        "What you have "
        "built is yours: g runs it.",
        done, points);
  } else if (all && finish_) {
    const Module& module = book_.module(grid_.cells.front().exercise->module);
    grid_.title = fmt::format(
        "★ Module {} is finished: {}. All {} exercises were checked again, {:g} points. {}",
        module.number, module.title, done, points, module.goal);
  } else if (finish_) {
    grid_.title =
        fmt::format("Not finished yet: checked again, {} did not pass. l lists them.", open);
  } else {
    grid_.title = fmt::format("{} of {} done, {:g} points", done, grid_.cells.size(), points);
  }
}

// At the end of a module, and of the book, nothing is believed that was not checked again
void Watch::celebrate_if_finished() {
  const auto done = [&](const Exercise* e) { return progress_.of(e->id).done; };
  const auto all = book_.select(""), module = book_.select(at_->module);
  if (std::ranges::all_of(all, done)) {
    check_many(all, "Everything is done. Checking the whole book once more …", true);
  } else if (std::ranges::all_of(module, done)) {
    check_many(module,
               fmt::format("Module {} is done. Checking all of it once more …", at_->module), true);
  }
}

void Watch::next() {
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

void Watch::hint() {
  const int taken = progress_.of(at_->id).hints;
  if (hints_shown_ == 3) {
    notices_ = {"These are all three hints; the chapter has more."};
  } else if (hints_shown_ < taken) {
    ++hints_shown_;  // it was taken before: shown again, one by one
  } else {
    keep([&] { hints_shown_ = progress_.take_hint(at_->id); });
  }
  scroll_ = 1000;
}

void Watch::reset() {
  mode_ = Mode::exercise;
  keep([&] {
    notices_ = {gradbook::reset(book_, workbook_, *at_)};
    files_ = std::make_unique<FileWatch>(file());  // this save is ours
    check_current();
  });
}

void Watch::show_solution() {
  if (!has_solution()) {
    notices_ = {verdict_ && verdict_->state == State::done
                    ? "The solutions are not in this workbook."
                    : fmt::format("The solution of {} is shown once yours is done.", at_->id)};
    return;
  }
  keep([&] {
    text_ = read_file(book_.solution(*at_));
    text_title_ = shown(book_.solution(*at_));
    scroll_ = 0;
    mode_ = Mode::text;
  });
}

void Watch::run_program() {
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
          run_module(workshop_, {module, workbook_, book_.root() / "build" / "run" / module});
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

void Watch::press(const Key& key) {
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

void Watch::press_exercise(const Key& key) {
  const std::string& k = key.text;
  if (k == "j" || k == "down" || k == "k" || k == "up") {
    scroll_ =
        std::clamp(scroll_ + (k == "j" || k == "down" ? 1 : -1), 0, last_scroll(watch_model()));
    return;
  }
  notices_.clear();
  if (k == "q") quit_ = true;
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
    mode_ = Mode::asking_reset;
    notices_ = {fmt::format(
        "Reset {} to its stub? Your file is kept as a backup. y resets, any other key does not.",
        at_->id)};
  }
}

void Watch::press_list(const Key& key) {
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

void Watch::press_text(const Key& key) {
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

void Watch::press_program(const Key& key) {
  if (!program_ended_ && key.text != "q") return;  // it may take a while: only q stops it
  terminal_.enter_screen();
  mode_ = Mode::exercise;
  check_current();
}

std::vector<ListModel::Row> Watch::rows() const {
  std::vector<ListModel::Row> found;
  for (const Exercise* e : book_.select("")) {
    const ExerciseProgress& p = progress_.of(e->id);
    const std::string words = fmt::format("{} {} {} {} {}", e->id, e->name, e->title, e->module,
                                          p.done        ? "done"
                                          : p.share > 0 ? "partly"
                                          : p.started   ? "in progress"
                                                        : "not started");
    const auto same = [](char a, char b) {
      return std::tolower(static_cast<unsigned char>(a)) ==
             std::tolower(static_cast<unsigned char>(b));
    };
    if (!std::ranges::search(words, list_.filter, same).empty() || list_.filter.empty())
      found.push_back({e, p});
  }
  return found;
}

void Watch::post(int generation, std::function<void()> result) {
  {
    const std::lock_guard guard(mutex_);
    results_.emplace_back(generation, std::move(result));
  }
  Terminal::wake();
}

void Watch::take_results() {
  std::deque<std::pair<int, std::function<void()>>> results;
  {
    const std::lock_guard guard(mutex_);
    results.swap(results_);
  }
  for (const auto& [generation, result] : results) {
    if (generation == generation_) result();
  }
}

WatchModel Watch::watch_model() const {
  WatchModel m{.size = terminal_.size(), .exercise = at_};
  if (checking_) m.busy = fmt::format("Checking {} {} …", at_->id, at_->name);
  m.verdict = verdict_;
  m.hints.assign(
      at_->hints.begin(),
      at_->hints.begin() + std::min<long>(hints_shown_, static_cast<long>(at_->hints.size())));
  m.notices = notices_;
  if (files_->polling()) {
    m.notices.push_back(
        "The system has no inotify left: saves are looked for a few times a second instead.");
  }
  m.points = progress_.points();
  m.points_in_all = progress_.points_in_all();
  m.path = shown(file());
  m.link = link_to(file());
  m.solution = has_solution();
  m.program = has_program();
  m.scroll = std::clamp(scroll_, 0, 10000);
  return m;
}

TextModel Watch::text_model() const {
  TextModel m{.size = terminal_.size(),
              .title = mode_ == Mode::welcome ? "Welcome to gradbook" : text_title_,
              .keys = mode_ == Mode::welcome ? "any key starts" : "j k move  any other key back",
              .lines = {},
              .scroll = scroll_};
  std::string_view rest =
      mode_ == Mode::welcome ? std::string_view(kWelcome) : std::string_view(text_);
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    m.lines.emplace_back(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return m;
}

void Watch::draw() {
  std::vector<ScreenLine> lines;
  switch (mode_) {
    case Mode::program:
      return;  // the screen is the program's
    case Mode::list:
      list_.size = terminal_.size();
      lines = list_screen(list_);
      break;
    case Mode::grid:
      grid_.size = terminal_.size();
      lines = grid_screen(grid_);
      break;
    case Mode::welcome:
    case Mode::text:
      lines = text_screen(text_model());
      break;
    case Mode::exercise:
    case Mode::asking_reset: {
      WatchModel m = watch_model();
      m.scroll = scroll_ = std::min(m.scroll, last_scroll(m));
      lines = watch_screen(m);
      break;
    }
  }
  terminal_.draw(paint(lines, terminal_.colour()));
}

// Nobody is watching: one check, as text
int check_once(const Workshop& workshop, const fs::path& workbook) {
  Progress progress(workshop.book(), workbook);
  const Exercise& e = progress.current();
  const Verdict verdict = check(workshop, e, {.workbook = workbook});
  progress.note(verdict);
  if (!progress.warning().empty()) fmt::print("{}\n", progress.warning());
  fmt::print("{}\n{:g} of {:g} points; {}\n", to_text(verdict), progress.points(),
             progress.points_in_all(), shown(workbook / Book::stub_path(e)));
  return verdict.state == State::done ? 0 : verdict.state == State::missing ? 2 : 1;
}

}  // namespace

int run_watch(const Workshop& workshop, const WatchOptions& options) {
  if (!is_terminal()) return check_once(workshop, options.workbook);
  return Watch(workshop, options.workbook).run();
}

}  // namespace gradbook
