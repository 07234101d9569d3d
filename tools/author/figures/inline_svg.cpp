#include "author/figures/inline_svg.hpp"

#include <fmt/format.h>

#include <cmath>
#include <regex>

namespace gradbook {
namespace {

// Letters are drawn 13 to 15 pixels high: how far they may shrink on a phone, and grow in a curve
constexpr double kSmallest = 0.68, kLargestCurve = 1.1;

void replace(std::string& text, const char* what, const std::string& by) {
  text = std::regex_replace(text, std::regex(what), by);
}

}  // namespace

std::string html(std::string_view text) {
  std::string result;
  for (const char c : text) {
    switch (c) {
      case '&':
        result += "&amp;";
        break;
      case '<':
        result += "&lt;";
        break;
      case '>':
        result += "&gt;";
        break;
      case '"':
        result += "&quot;";
        break;
      default:
        result += c;
    }
  }
  return result;
}

std::string inline_svg(const std::string& drawn, const Figure& figure) {
  const std::size_t begin = drawn.find("<svg"), end = drawn.rfind("</svg>");
  std::smatch box;
  static const std::regex kBox(R"(viewBox="[-0-9.]+ [-0-9.]+ ([0-9.]+) ([0-9.]+)\")");
  if (begin == std::string::npos || end == std::string::npos ||
      !std::regex_search(drawn, box, kBox))
    throw UserError(fmt::format("{}: figure {} was not drawn as SVG: {}", figure.where, figure.name,
                                drawn.substr(0, 400)));
  const std::size_t inside = drawn.find('>', begin) + 1;
  std::string body = drawn.substr(inside, end - inside);

  // What the tools say about themselves, and what nobody sees
  replace(body, "<!--[^>]*-->\\s*", "");
  replace(body, "<title>[^<]*</title>\\s*", "");
  replace(body, "<desc>[^<]*</desc>\\s*", "");
  replace(body, "<g [^>]*>\\s*</g>\\s*", "");

  // The page's colour for black and for our grey. gnuplot states `color` besides, which would
  // decide what currentColor is
  const std::string ink = R"((?:black|gray|rgb\(\s*0,\s*0,\s*0\)|rgb\(\s*128,\s*136,\s*144\)))";
  replace(body, (R"(\scolor=['"](?:white|)" + ink + R"()['"])").c_str(), "");
  replace(body, (R"((fill|stroke)\s*=\s*['"])" + ink + R"(['"])").c_str(), "$1=\"currentColor\"");

  // Ids of its own
  const std::string prefix = figure.name + "-";
  replace(body, R"(\sid=['"]([^'"]+)['"])", " id=\"" + prefix + "$1\"");
  replace(body, R"((?:xlink:)?href=['"]#([^'"]+)['"])", "href=\"#" + prefix + "$1\"");
  replace(body, R"(url\(#([^)]+)\))", "url(#" + prefix + "$1)");

  const double width = std::stod(box[1]);
  return fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" id=\"{0}-drawing\" {1} role=\"img\" "
      "aria-labelledby=\"{0}-title\" aria-describedby=\"{0}-desc\" fill=\"currentColor\" "
      "style=\"display:block;width:100%;min-width:{2}px;max-width:{3}px;height:auto;margin:0 "
      "auto\">\n"
      "<title id=\"{0}-title\">{4}</title>\n<desc id=\"{0}-desc\">{5}</desc>\n{6}</svg>\n",
      figure.name, box[0].str(), std::lround(kSmallest * width),
      std::lround(width * (figure.drawing == "dot" ? 1 : kLargestCurve)), html(figure.title),
      html(figure.alt), body);
}

}  // namespace gradbook
