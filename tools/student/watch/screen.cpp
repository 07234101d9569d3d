#include "student/watch/screen.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <sstream>

#include "student/watch/excerpt.hpp"
#include "student/watch/text_width.hpp"

namespace gradbook {
namespace {

// The last column stays free: a terminal that is full to the edge may wrap
std::size_t width_of(Size size) { return static_cast<std::size_t>(std::max(size.columns - 1, 8)); }
std::size_t height_of(Size size) { return static_cast<std::size_t>(std::max(size.rows, 1)); }

void add(std::vector<ScreenLine>& lines, std::string_view text, std::size_t width,
         Style style = Style::plain) {
  for (std::string& line : wrap(printable(text), width)) lines.push_back({std::move(line), style});
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

// Keys side by side, as many lines as they need; a key and its word stay together
std::vector<ScreenLine> key_lines(const std::vector<std::string>& keys, std::size_t width) {
  std::vector<ScreenLine> lines;
  std::string line;
  for (const std::string& key : keys) {
    if (!line.empty() && columns(line) + 2 + columns(key) > width) {
      lines.push_back({line, Style::quiet});
      line.clear();
    }
    line += (line.empty() ? "" : "  ") + keep_start(key, width);
  }
  lines.push_back({line, Style::quiet});
  return lines;
}

// What stands at the bottom; a window too low for it leaves at least half of it to read
std::vector<ScreenLine> bottom(std::vector<ScreenLine> lines, Size size) {
  const std::size_t most = std::max<std::size_t>(1, height_of(size) / 2);
  if (lines.size() > most) lines.erase(lines.begin(), lines.end() - static_cast<long>(most));
  return lines;
}

// One above the other, exactly as high as the window
std::vector<ScreenLine> stack(std::vector<ScreenLine> above, const std::vector<ScreenLine>& below,
                              Size size) {
  above.resize(height_of(size) - below.size());
  above.insert(above.end(), below.begin(), below.end());
  return above;
}

ScreenLine progress_line(double points, double in_all, std::size_t width) {
  const std::string words = fmt::format(" {:g} of {:g} points", points, in_all);
  const std::size_t room = width > columns(words) + 2 ? width - columns(words) - 2 : 0;
  const std::size_t cells = std::min<std::size_t>(room, 40);
  if (cells < 4) return {keep_start(words.substr(1), width)};
  const double share = in_all > 0 ? points / in_all : 0;
  std::size_t full = static_cast<std::size_t>(std::floor(share * static_cast<double>(cells)));
  if (points > 0 && full == 0) full = 1;
  std::string bar = "[";
  for (std::size_t i = 0; i < cells; ++i) bar += i < full ? "█" : "░";
  return {bar + "]" + words};
}

// What there is to read: verdict, hints, done, notices
std::vector<ScreenLine> reading(const WatchModel& m) {
  const std::size_t width = width_of(m.size);
  std::vector<ScreenLine> lines;
  const bool done = m.verdict && m.verdict->state == State::done;
  if (!m.busy.empty()) add(lines, m.busy, width, Style::strong);
  if (m.verdict && m.busy.empty()) {
    bool first = true;
    std::vector<std::string> said = lines_of(to_text(*m.verdict));
    if (m.verdict->state == State::does_not_compile) {
      for (std::string& line : said) line = printable(line);
      said = fit_message(said, width);
    }
    for (const std::string& line : said) {
      add(lines, line, width,
          !first                                   ? Style::plain
          : done                                   ? Style::good
          : m.verdict->state == State::not_started ? Style::strong
                                                   : Style::bad);
      first = false;
      if (done) break;  // what was learnt has its own place below
    }
  }
  for (std::size_t i = 0; i < m.hints.size(); ++i) {
    lines.push_back({});
    add(lines, fmt::format("Hint {} of 3: {}", i + 1, m.hints[i]), width);
  }
  if (done && m.busy.empty()) {
    lines.push_back({});
    add(lines, "✓ Done. n for the next.", width, Style::good);
    if (!m.exercise->learnt.empty()) add(lines, "  You have learnt: " + m.exercise->learnt, width);
  }
  if (done && m.busy.empty() && !m.verdict->from_reference.empty())
    add(lines, fmt::format("  From the reference: {}", fmt::join(m.verdict->from_reference, ", ")),
        width);
  if (done && m.busy.empty() && m.verdict->on_gpu) {
    lines.push_back({});
    for (const std::string& line : to_lines(*m.verdict->on_gpu)) add(lines, "  " + line, width);
  }
  for (const std::string& notice : m.notices) {
    lines.push_back({});
    for (const std::string& line : lines_of(notice)) add(lines, line, width, Style::strong);
  }
  return lines;
}

std::vector<ScreenLine> footer(const WatchModel& m) {
  const std::size_t width = width_of(m.size);
  std::vector<ScreenLine> lines = {{}};
  lines.push_back(progress_line(m.points, m.points_in_all, width));
  lines.push_back({keep_end(printable(m.path), width), Style::plain, m.link});
  std::vector<std::string> keys = {"n next", "h hint", "l list", "c check all"};
  if (m.program) keys.push_back("g graph or plot");
  if (m.solution) keys.push_back("s solution");
  keys.insert(keys.end(), {m.undo ? "u undo" : "x reset", "q quit"});
  for (const ScreenLine& line : key_lines(keys, width)) lines.push_back(line);
  return bottom(std::move(lines), m.size);
}

// The part of `lines` that fits into `room`; what is left out below is said in the last of them
std::vector<ScreenLine> window(const std::vector<ScreenLine>& lines, std::size_t scroll,
                               std::size_t room, std::size_t width) {
  std::vector<ScreenLine> shown(lines.begin() + static_cast<long>(std::min(scroll, lines.size())),
                                lines.end());
  if (shown.size() > room) {
    const std::size_t left = shown.size() - room + 1;
    shown.resize(room);
    if (room > 0) {
      const std::string more = width < 30 ? fmt::format("… {} more: j k", left)
                                          : fmt::format("… {} more lines: j, k", left);
      shown.back() = {keep_start(more, width), Style::quiet};
    }
  }
  shown.resize(room);
  return shown;
}

std::size_t room_of(const TextModel& m) {
  return height_of(m.size) > 4 ? height_of(m.size) - 3 : 1;
}

std::vector<ScreenLine> wrapped(const TextModel& m) {
  std::vector<ScreenLine> lines;
  for (const std::string& line : m.lines) add(lines, line, width_of(m.size));
  return lines;
}

std::string state_words(const ExerciseProgress& p) {
  if (p.done) return "✓ done";
  if (p.share > 0) return fmt::format("◐ partly {:.0f} %", std::min(99.0, p.share * 100));
  return p.started ? "○ in progress" : "· not started";
}

}  // namespace

std::vector<ScreenLine> watch_screen(const WatchModel& m) {
  const auto below = footer(m);
  const std::size_t room = height_of(m.size) - below.size();
  return stack(window(reading(m), static_cast<std::size_t>(m.scroll), room, width_of(m.size)),
               below, m.size);
}

int last_scroll(const WatchModel& m) {
  const auto room = static_cast<int>(height_of(m.size) - footer(m).size());
  return std::max(0, static_cast<int>(reading(m).size()) - room);
}

int scroll_to_hint(const WatchModel& m) {
  const auto lines = reading(m);
  const std::string front = fmt::format("Hint {} of", m.hints.size());
  const auto hint = std::ranges::find_if(
      lines, [&](const ScreenLine& line) { return line.text.starts_with(front); });
  return std::min(static_cast<int>(hint - lines.begin()), last_scroll(m));
}

std::vector<ScreenLine> list_screen(const ListModel& m) {
  const std::size_t width = width_of(m.size);
  std::vector<ScreenLine> lines;
  const std::string filter = m.typing || !m.filter.empty()
                                 ? fmt::format("  /{}{}", printable(m.filter), m.typing ? "_" : "")
                                 : "";
  lines.push_back({keep_start("Exercises" + filter, width), Style::strong});

  const auto below =
      bottom(key_lines(m.typing ? std::vector<std::string>{"Enter takes the filter", "Esc drops it"}
                                : std::vector<std::string>{"j k move", "Enter go there", "/ filter",
                                                           "l back", "q quit"},
                       width),
             m.size);
  const std::size_t taken = lines.size() + below.size();
  const std::size_t room = height_of(m.size) > taken ? height_of(m.size) - taken : 1;
  const std::size_t first = m.chosen < room ? 0 : m.chosen - room + 1;
  for (std::size_t i = first; i < std::min(m.rows.size(), first + room); ++i) {
    const auto& [e, progress] = m.rows[i];
    const std::string front = fmt::format("{} {:<5} ", i == m.chosen ? "▸" : " ", e->id);
    const std::string state = state_words(progress);
    std::string text;
    if (width >= 56) {
      // Name, state, points, minutes; with room to spare the hints taken, and the title
      const std::size_t name = std::min<std::size_t>(width - 8 - 30, 22);
      text = front + fit(e->name, name) + " " + fit(state, 15) +
             fmt::format("{:>3g} p {:>3} min", e->points, e->minutes);
      if (width >= 70 && progress.hints > 0)
        text += fmt::format("  {} hint{}", progress.hints, progress.hints > 1 ? "s" : "");
      if (width >= 90) text = fit(text, 8 + name + 40) + e->title;
    } else if (width >= 34) {
      text = front + fit(e->name, width - 8 - 15) + " " + state;
    } else {
      text = front + state.substr(0, state.find(' ')) + " " + e->name;
    }
    lines.push_back({keep_start(text, width), i == m.chosen   ? Style::chosen
                                              : progress.done ? Style::good
                                                              : Style::plain});
  }
  if (m.rows.empty()) lines.push_back({keep_start("nothing is called that", width)});
  return stack(std::move(lines), below, m.size);
}

std::vector<ScreenLine> grid_screen(const GridModel& m) {
  const std::size_t width = width_of(m.size);
  std::vector<ScreenLine> lines;
  const auto checked =
      std::ranges::count_if(m.cells, [](const auto& c) { return c.state.has_value(); });
  for (const std::string& line : lines_of(m.title)) add(lines, line, width, Style::strong);
  if (!m.finished) add(lines, fmt::format("{} of {} checked", checked, m.cells.size()), width);

  std::string module, line;
  const auto flush = [&] {
    if (!line.empty()) lines.push_back({line});
    line.clear();
  };
  for (const auto& [e, state] : m.cells) {
    if (e->module != module) {
      flush();
      lines.push_back({});
      add(lines, e->module, width);
      module = e->module;
    }
    const std::string cell = fmt::format("{} {:<6}",
                                         !state                         ? "…"
                                         : *state == State::done        ? "✓"
                                         : *state == State::not_started ? "·"
                                                                        : "✗",
                                         e->id);
    if (columns(line) + columns(cell) > width) flush();
    line += cell;
  }
  flush();
  lines.push_back({});
  for (const auto& [e, state] : m.cells) {
    if (state && *state != State::done && *state != State::not_started)
      add(lines, fmt::format("✗ {} {}: {}", e->id, e->name, name(*state)), width, Style::bad);
  }
  const auto below = bottom(key_lines({"✓ done", "· not started", "✗ something is wrong",
                                       m.finished ? "any key back" : "any key stops", "q quit"},
                                      width),
                            m.size);
  return stack(window(lines, 0, height_of(m.size) - below.size(), width), below, m.size);
}

std::vector<ScreenLine> text_screen(const TextModel& m) {
  const std::size_t width = width_of(m.size);
  std::vector<ScreenLine> lines = {{keep_end(printable(m.title), width), Style::strong}, {}};
  for (const ScreenLine& line :
       window(wrapped(m), static_cast<std::size_t>(m.scroll), room_of(m), width))
    lines.push_back(line);
  return stack(std::move(lines), {{keep_start(m.keys, width), Style::quiet}}, m.size);
}

int last_scroll(const TextModel& m) {
  return std::max(0, static_cast<int>(wrapped(m).size()) - static_cast<int>(room_of(m)));
}

}  // namespace gradbook
