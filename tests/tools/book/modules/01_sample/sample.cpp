#include "01_sample/sample.hpp"
