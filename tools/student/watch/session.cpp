#include "student/watch/session.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>

#include "student/check_many.hpp"

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

std::string link_to(const fs::path& file) {
  std::string link = "file://";
  for (const char c : fs::absolute(file).string()) {
    const bool plain = std::isalnum(static_cast<unsigned char>(c)) ||
                       std::string_view("/._-~").find(c) != std::string_view::npos;
    link += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return link;
}

}  // namespace

std::string shown(const fs::path& file) {
  const fs::path relative = file.lexically_relative(fs::current_path());
  return relative.empty() || *relative.begin() == ".." ? file.string() : relative.string();
}

int Session::run() {
  if (progress_.is_new()) {
    mode_ = Mode::welcome;
  }
  go_to(progress_.current());
  if (!progress_.warning().empty()) notices_.push_back(progress_.warning());
  if (progress_.is_damaged()) {
    to_rebuild_ = written_exercises(book_, workbook_);
    if (to_rebuild_.empty()) keep([&] { progress_.rebuilt(); });
  }

  while (!quit_) {
    draw();
    const auto patience = std::min(files_->patience(), background_.tick());
    for (const Key& key : terminal_.wait(files_->descriptor(), static_cast<int>(patience.count())))
      press(key);
    take_results();
    rebuild();
    if (!quit_ && files_->changed()) {
      clear_notices();
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

void Session::go_to(const Exercise& e) {
  at_ = &e;
  files_ = std::make_unique<FileWatch>(file());
  verdict_.reset();
  hints_shown_ = 0;
  clear_notices();
  check_current();
}

std::vector<ListModel::Row> Session::rows() const {
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

WatchModel Session::watch_model() const {
  WatchModel m{.size = terminal_.size(), .exercise = at_};
  if (checking_) m.busy = fmt::format("Checking {} {} …", at_->id, at_->name);
  m.verdict = verdict_;
  m.hints.assign(
      at_->hints.begin(),
      at_->hints.begin() + std::min<long>(hints_shown_, static_cast<long>(at_->hints.size())));
  m.notices = notices_;
  if (!to_rebuild_.empty()) {
    m.notices.push_back(fmt::format(
        "Rebuilding your progress: {} of your files still to be checked.", to_rebuild_.size()));
  }
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
  m.undo = may_undo_;
  m.scroll = std::clamp(scroll_, 0, 10000);
  return m;
}

TextModel Session::text_model() const {
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

void Session::draw() {
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

}  // namespace gradbook
