#include "07_language_models/bigram_network.hpp"

namespace gradbook {

BigramNetwork::BigramNetwork(std::size_t vocabulary, Random& random)
    : table(vocabulary, vocabulary, random) {
  register_module("table", table);
}

BigramNetwork::~BigramNetwork() = default;
const char* BigramNetwork::name() const { return "BigramNetwork"; }

}  // namespace gradbook
