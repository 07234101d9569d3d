// The page that steps through a graph, as a browser runs it: keys pressed to the end and back, and
// what it shows compared with the data that the engine wrote.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tools/program.hpp"

namespace gradbook {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using Json = nlohmann::json;

// Presses keys and notes after each what stands in the page; then measures it at three widths
constexpr const char* kPress = R"(<script>
const drawn = () => [...document.querySelectorAll("#figure_step_through .node")].map((g) => ({
  id: g.id, lines: [...g.querySelectorAll("text")].map((t) => t.textContent) }));
const look = () => ({ nodes: drawn(), said: document.querySelector(".steps-said").textContent,
  count: document.querySelector(".steps-count").textContent,
  marked: [...document.querySelectorAll(".steps-now")].map((e) => e.id) });
const button = document.querySelector("[data-go=on]");
button.focus();
const press = (key) => {
  const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true });
  document.activeElement.dispatchEvent(event);
  return look();
};
const report = { start: look(), on: [], back: [] };
const steps = Number(report.start.count.split(" ").pop());
for (let i = 0; i < steps; i++) report.on.push(press("ArrowRight"));
report.beyond = press("ArrowRight");
for (let i = 0; i < steps; i++) report.back.push(press("ArrowLeft"));
report.end = press("End");
report.home = press("Home");
button.click();
report.clicked = look();
dispatchEvent(new Event("beforeprint"));
report.printed = look();
dispatchEvent(new Event("afterprint"));
report.afterwards = look();
report.focused = document.activeElement === button;
report.live = document.querySelector(".steps-said").getAttribute("aria-live");
const pre = document.createElement("pre");
pre.id = "report";
pre.textContent = JSON.stringify(report);
document.body.append(pre);
</script>)";

constexpr const char* kMeasure = R"(<!DOCTYPE html><meta charset="utf-8"><body><script>
const page = PAGE;
const widths = [360, 800, 1400], result = {};
let open = widths.length;
for (const width of widths) {
  const frame = document.createElement("iframe");
  frame.style.cssText = `width:${width}px;height:900px;border:0`;
  frame.onload = () => {
    const root = frame.contentDocument.documentElement;
    result[width] = { page: root.scrollWidth, room: root.clientWidth,
      drawing: frame.contentDocument.querySelector("svg").getBoundingClientRect().width };
    if (--open === 0) {
      const pre = document.createElement("pre");
      pre.id = "report";
      pre.textContent = JSON.stringify(result);
      document.body.append(pre);
    }
  };
  frame.srcdoc = page;
  document.body.append(frame);
}
</script>)";

// The page in a frame that lets no script run, and what stands in it
constexpr const char* kScriptless = R"(<!DOCTYPE html><meta charset="utf-8"><body><script>
const frame = document.createElement("iframe");
frame.sandbox = "allow-same-origin";
frame.onload = () => {
  const inside = frame.contentDocument;
  const pre = document.createElement("pre");
  pre.id = "report";
  pre.textContent = JSON.stringify({ hidden: inside.querySelector(".steps-controls").hidden,
    height: inside.querySelector(".steps-controls").getBoundingClientRect().height,
    seen: inside.querySelector("svg").getBoundingClientRect().height,
    lines: [...inside.querySelectorAll("svg text")].map((text) => text.textContent) });
  document.body.append(pre);
};
frame.srcdoc = PAGE;
document.body.append(frame);
</script>)";

std::string digits(double x) {
  char text[32];
  std::snprintf(text, sizeof text, "%g", x);
  return text;
}

class Interactive : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = new Folder;
    made_ = new Completion(
        gradbook_program({"author", "figures", "step_through", "--out", folder_->path().string()}));
  }
  static void TearDownTestSuite() {
    delete folder_;
    delete made_;
  }
  void SetUp() override {
    ASSERT_EQ(made_->exit_status, 0) << made_->output;
    if (!run({.arguments = {"chromium", "--version"}}).ok())
      GTEST_SKIP() << "chromium is not installed: no page can be looked at";
  }

  static std::string page() { return read_file(folder_->path() / "step_through_page.html"); }

  // The page after its scripts ran, and what went to the console
  static Completion open(const std::string& html, std::vector<std::string> options = {}) {
    const fs::path file = folder_->path() / "page.html";
    write_atomically(file, html);
    std::vector<std::string> arguments = {
        "chromium",
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--enable-logging=stderr",
        "--virtual-time-budget=4000",
        "--hide-scrollbars",
        "--user-data-dir=" + (folder_->path() / "user").string(),
    };
    if (options.empty()) options = {"--dump-dom"};
    arguments.insert(arguments.end(), options.begin(), options.end());
    arguments.push_back("file://" + file.string());
    return run({.arguments = arguments, .wall = std::chrono::minutes(1), .output_cap = 8 << 20});
  }

  static Json report_of(const Completion& opened) {
    const std::string begin = "<pre id=\"report\">";
    const std::size_t at = opened.output.find(begin);
    if (at == std::string::npos) {
      ADD_FAILURE() << opened.output.substr(0, 4000);
      return {};
    }
    const std::size_t from = at + begin.size();
    std::string text = opened.output.substr(from, opened.output.find("</pre>", from) - from);
    for (const auto& [entity, letter] :
         {std::pair("&lt;", "<"), std::pair("&gt;", ">"), std::pair("&amp;", "&")}) {
      for (std::size_t i = 0; (i = text.find(entity, i)) != std::string::npos; ++i)
        text.replace(i, std::string(entity).size(), letter);
    }
    return Json::parse(text);
  }

  // A text as it may stand inside of a script
  static std::string as_script(const std::string& text) {
    std::string result = Json(text).dump();
    for (std::size_t at = 0; (at = result.find("</", at)) != std::string::npos; at += 3)
      result.replace(at, 2, "<\\/");
    return result;
  }

  static Json data() { return Json::parse(read_file(folder_->path() / "step_through.json")); }

  static Folder* folder_;
  static Completion* made_;
};

Folder* Interactive::folder_ = nullptr;
Completion* Interactive::made_ = nullptr;

TEST_F(Interactive, FillsInWhatTheEngineComputedStepByStep) {
  const Completion opened = open(replaced(page(), "</body>", std::string(kPress) + "</body>"));
  ASSERT_THAT(opened.output, Not(HasSubstr("CONSOLE"))) << "the console is not empty";
  const Json report = report_of(opened), data = this->data();
  ASSERT_FALSE(report.is_null());
  const Json &nodes = data["nodes"], &steps = data["steps"];
  ASSERT_EQ(report["on"].size(), steps.size());

  // Our own account of what is known after each step
  std::vector<std::string> values, grads(nodes.size(), "?");
  for (const Json& node : nodes)
    values.push_back(node["leaf"] ? digits(node["value"].get<double>()) : "?");
  const auto expect_shown = [&](const Json& look, const std::string& when) {
    ASSERT_EQ(look["nodes"].size(), nodes.size());
    for (const Json& shown : look["nodes"]) {
      const auto i = std::stoul(shown["id"].get<std::string>().substr(14));  // step_through-v10
      EXPECT_EQ(shown["lines"][1], "value " + values[i]) << when << ", node " << i;
      EXPECT_EQ(shown["lines"][2], "grad " + grads[i]) << when << ", node " << i;
    }
  };
  expect_shown(report["start"], "at the start");
  for (std::size_t k = 0; k < steps.size(); ++k) {
    const Json &step = steps[k], &look = report["on"][k];
    const std::size_t i = step["node"];
    const std::string said = look["said"];
    if (step["pass"] == "forward") {
      values[i] = digits(nodes[i]["value"].get<double>());
      EXPECT_THAT(said, HasSubstr(step["names"].get<std::string>() + " = " +
                                  step["numbers"].get<std::string>() + " = " + values[i]));
    } else if (step["pass"] == "seed") {
      grads.assign(nodes.size(), "0");
      grads[i] = "1";
    } else {
      grads[i] = digits(step["after"]);
      EXPECT_THAT(said, HasSubstr(digits(step["grad"]) + " · " + digits(step["partial"]) + " = " +
                                  digits(step["share"])));
      if (step["before"] != 0.0) {
        EXPECT_THAT(said, HasSubstr("Together " + digits(step["before"]) + " + " +
                                    digits(step["share"]) + " = " + grads[i]));
      }
      EXPECT_EQ(look["marked"].size(), 2u) << "a node, and the edge of the share";
    }
    expect_shown(look, "after step " + std::to_string(k + 1));
  }

  // The last step shows what backward found, and the way back is the way there
  for (std::size_t i = 0; i < nodes.size(); ++i)
    EXPECT_EQ(grads[i], digits(nodes[i]["grad"])) << "node " << i;
  EXPECT_EQ(report["beyond"], report["on"].back()) << "nothing comes after the last step";
  for (std::size_t k = 0; k + 1 < steps.size(); ++k)
    EXPECT_EQ(report["back"][k], report["on"][steps.size() - 2 - k]);
  EXPECT_EQ(report["back"].back(), report["start"]);
  EXPECT_EQ(report["end"], report["on"].back());
  EXPECT_EQ(report["home"], report["start"]);
  EXPECT_EQ(report["clicked"], report["on"][0]);
  EXPECT_EQ(report["printed"], report["on"].back()) << "paper with question marks";
  EXPECT_EQ(report["afterwards"], report["on"][0]);
  EXPECT_TRUE(report["focused"]) << "the button keeps the focus to the end";
  EXPECT_EQ(report["live"], "polite");
}

TEST_F(Interactive, AnErrorInTheConsoleWouldBeSeen) {
  const Completion opened =
      open(replaced(page(), "document.currentScript", "document.currentScripts"));
  EXPECT_THAT(opened.output, HasSubstr("CONSOLE"));
}

TEST_F(Interactive, WithoutJavaScriptTheWholeFigureStandsThere) {
  const Completion opened = open(replaced(kScriptless, "PAGE", as_script(page())));
  EXPECT_THAT(opened.output, HasSubstr("Blocked script execution")) << "scripts ran";
  const Json report = report_of(opened);
  ASSERT_FALSE(report.is_null());
  EXPECT_TRUE(report["hidden"]) << "buttons that do nothing";
  EXPECT_EQ(report["height"], 0);
  EXPECT_GT(report["seen"], 200);
  std::vector<std::string> expected;
  for (const Json& node : data()["nodes"]) {
    expected.push_back("value " + digits(node["value"]));
    expected.push_back("grad " + digits(node["grad"]));
  }
  EXPECT_THAT(report["lines"].get<std::vector<std::string>>(), testing::IsSupersetOf(expected));
}

TEST_F(Interactive, FitsAPhoneAndAWideScreen) {
  const Json report = report_of(open(replaced(kMeasure, "PAGE", as_script(page()))));
  ASSERT_EQ(report.size(), 3u);
  for (const auto& [width, measured] : report.items()) {
    EXPECT_EQ(measured["room"], std::stoi(width));
    EXPECT_LE(measured["page"], measured["room"]) << width << " pixels: the page scrolls sideways";
    EXPECT_GT(measured["drawing"], 250) << width << " pixels: too small to read";
  }
}

// To be looked at: light and dark, phone and wide, in the middle and at the end
TEST_F(Interactive, LeavesPicturesToLookAt) {
  for (const auto& [theme, steps] : {std::pair("light", 13), std::pair("dark", 21)}) {
    const std::string press = "<script>for (let i = 0; i < " + std::to_string(steps) +
                              "; i++) document.querySelector(\"[data-go=on]\").click();"
                              "document.querySelector(\"[data-go=on]\").focus();</script>";
    const std::string html =
        replaced(replaced(page(), "</body>", press + "</body>"), "color-scheme: light dark",
                 std::string("color-scheme: ") + theme);
    for (const char* width : {"360", "800", "1400"}) {
      const fs::path picture =
          build_folder() / "screens" / ("interactive_" + std::string(theme) + "_" + width + ".png");
      fs::create_directories(picture.parent_path());
      std::error_code ignored;
      fs::remove(picture, ignored);
      open(html,
           {"--screenshot=" + picture.string(), "--window-size=" + std::string(width) + ",1000"});
      EXPECT_TRUE(fs::exists(picture) && fs::file_size(picture) > 10000) << picture;
    }
  }
}

TEST_F(Interactive, AsksNobodyForAnything) {
  EXPECT_THAT(page(), AllOf(Not(HasSubstr("src=")), Not(HasSubstr("fetch(")),
                            Not(HasSubstr("@import")), Not(HasSubstr("https://"))));
}

}  // namespace
}  // namespace gradbook
