#include "author/figures/figure_page.hpp"

#include <fmt/format.h>

#include "author/figures/inline_svg.hpp"

namespace gradbook {
namespace {

std::string caption(const Figure& figure) {
  return fmt::format(
      "<figcaption>{} <span class=\"figure-command\" "
      "style=\"display:block;overflow-wrap:anywhere\">Made by <code>{}</code></span>"
      "</figcaption>\n",
      html(figure.caption), html(figure.command()));
}

// A box that scrolls must be within reach of the keyboard
std::string box(const Figure& figure, const std::string& svg) {
  return fmt::format(
      "<div class=\"figure-box\" tabindex=\"0\" role=\"region\" aria-label=\"{}\" "
      "style=\"overflow-x:auto\">\n{}</div>\n",
      html(figure.title), svg);
}

// Inside of a script element only the end of one could do harm
std::string for_script(std::string json) {
  for (std::size_t at = 0; (at = json.find("</", at)) != std::string::npos; at += 3)
    json.replace(at, 2, "<\\/");
  return json;
}

}  // namespace

std::string figure_element(const Figure& figure, const std::string& svg) {
  return fmt::format("<figure class=\"gradbook-figure\" id=\"figure_{}\">\n{}{}</figure>\n",
                     figure.name, box(figure, svg), caption(figure));
}

std::string interactive_element(const Figure& figure, const std::string& svg,
                                const std::string& data, const fs::path& controls) {
  return fmt::format(
      "<style>\n{}</style>\n"
      "<figure class=\"gradbook-figure gradbook-steps\" id=\"figure_{}\">\n{}{}{}"
      "<script type=\"application/json\">{}</script>\n</figure>\n<script>\n{}</script>\n",
      read_file(controls / "step.css"), figure.name, read_file(controls / "controls.html"),
      box(figure, svg), caption(figure), for_script(data), read_file(controls / "step.js"));
}

std::string page_around(const Figure& figure, const std::string& element) {
  return fmt::format(
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta name=\"color-scheme\" content=\"light dark\">\n<link rel=\"icon\" href=\"data:,\">\n"
      "<title>{0}</title>\n"
      "<style>\n:root {{ color-scheme: light dark; }}\n"
      "body {{ font: 1rem/1.5 system-ui, sans-serif; margin: 1rem auto; padding: 0 1rem; "
      "max-width: 50rem; }}\nfigure {{ margin: 0; }}\n</style>\n</head>\n<body>\n<main>\n"
      "<h1>{0}</h1>\n{1}</main>\n</body>\n</html>\n",
      html(figure.title), element);
}

}  // namespace gradbook
