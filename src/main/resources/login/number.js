// Country and number. `countries` has for each code: +main or -, calling code, fewest and most digits, trunk prefix, example.
(function () {
  'use strict';
  var select = document.getElementById('country');
  var phone = document.getElementById('phone_number');
  var hint = document.querySelector('#hint bdi');
  var status = document.getElementById('status');

  function country(code) {
    var parts = countries[code].split(';');
    return { code: code, main: parts[0] === '+', calling: parts[1], min: +parts[2], max: +parts[3], trunk: parts[4], example: parts[5] };
  }

  // ── The number ──────────────────────────────────────────────────────────────────────────────────────────────────────

  // The country and the digits of what is typed; null if it has letters, digits that are not ASCII,
  // or an international prefix.
  function read(text) {
    var digits = text.replace(/\D/g, '');
    var prefix = select.value && country(select.value).calling === '1' ? '011' : '00';
    if (/[^\d\s+()./-]/.test(text) || digits.indexOf(prefix) === 0) {
      return null;
    }
    if (text.trim()[0] !== '+') {
      return { of: select.value ? country(select.value) : null, plus: false, digits: digits };
    }
    var all = Object.keys(countries).map(country).filter(function (one) {
      return digits.indexOf(one.calling) === 0;
    });
    var chosen = all.find(function (one) { return one.code === select.value; })
        || all.find(function (one) { return one.main; }) || all[0] || null;
    return { of: chosen, plus: true, digits: chosen ? digits.slice(chosen.calling.length) : digits };
  }

  // Puts digits into the form of an example: 2025550142 as (201) 555-0123.
  function fill(digits, example) {
    var text = '';
    var next = 0;
    for (var i = 0; i < example.length && next < digits.length; i++) {
      text += /\d/.test(example[i]) ? digits[next++] : example[i];
    }
    return text + digits.slice(next);
  }

  // The example without its trunk prefix: 07400 123456 as 7400 123456.
  function international(of) {
    return of.trunk ? of.example.replace(/[()]/g, '').slice(of.trunk.length).replace(/^\D+/, '') : of.example;
  }

  function format(text) {
    var number = read(text);
    if (!number || !number.of) {
      return text;
    }
    var of = number.of;
    var digits = number.digits;
    if (number.plus) {
      return '+' + of.calling + (digits ? ' ' + fill(digits, international(of).replace(/[()]/g, '')) : '');
    }
    if (of.trunk ? digits.indexOf(of.trunk) === 0 : digits[0] !== '0' || of.example[0] === '0') {
      return fill(digits, of.example);
    }
    return digits[0] === '0' ? '0' + fill(digits.slice(1), international(of)) : fill(digits, international(of));
  }

  phone.addEventListener('input', function (event) {
    var number = read(phone.value);
    if (number && number.plus && number.of && number.of.code !== select.value) {
      choose(number.of.code);
    }
    // What is typed or pasted at the end is formatted; who corrects something is left alone.
    if (phone.selectionStart === phone.value.length && !/^delete/.test(event.inputType || '')) {
      phone.value = format(phone.value);
    }
    if (phone.hasAttribute('aria-invalid') && !fault()) {
      report('');
    }
  });

  // Why the number can't be right: its length, by the same rules as the server's.
  function fault() {
    var number = read(phone.value);
    if (!number || !number.of || !number.digits) {
      return '';
    }
    var digits = number.digits;
    var trunk = number.of.trunk || '0';
    if (digits.length - (digits.indexOf(trunk) === 0 ? trunk.length : 0) < number.of.min) {
      return phone.dataset.short;
    }
    // The trunk prefix or the calling code may be there too.
    return digits.length > number.of.max + Math.max(trunk.length, number.of.calling.length) ? phone.dataset.long : '';
  }

  function report(text) {
    var error = document.getElementById('error');
    if (!text) {
      error.hidden = true;
      status.textContent = '';
      phone.removeAttribute('aria-invalid');
      return;
    }
    if (!error) {
      error = document.createElement('p');
      error.id = 'error';
      error.className = 'error';
      phone.before(error);
      phone.setAttribute('aria-describedby', 'hint error');
    }
    error.hidden = false;
    error.textContent = status.textContent = text;
    phone.setAttribute('aria-invalid', 'true');
  }

  // Not before a click has ended, which would miss a button that moves.
  var check = 0;
  phone.addEventListener('blur', function () {
    check = setTimeout(function () {
      if (fault()) {
        report(fault());
      }
    }, 300);
  });
  phone.form.addEventListener('submit', function () { clearTimeout(check); });

  // ── The country ─────────────────────────────────────────────────────────────────────────────────────────────────────

  function choose(code) {
    select.value = code;
    select.dispatchEvent(new Event('change'));
  }

  select.addEventListener('change', function () {
    if (!select.value) {
      return;
    }
    if (hint) {
      hint.textContent = country(select.value).example;
    }
    if (phone.value.trim()[0] !== '+') {
      phone.value = format(phone.value);
    }
  });

  if (select.options.length > 8) {
    search();
  }

  // A text field that searches, over the select, which goes on holding what is chosen (ARIA's combobox pattern).
  function search() {
    var box = document.createElement('div');
    var field = document.createElement('input');
    var list = document.createElement('ul');
    var label = document.querySelector('label[for=country]');
    var found = [];
    var active = -1;
    box.className = 'combo';
    field.id = 'search';
    field.autocomplete = 'off';
    field.spellcheck = false;
    list.id = 'list';
    list.hidden = true;
    attributes(field, { role: 'combobox', 'aria-expanded': 'false', 'aria-autocomplete': 'list', 'aria-controls': 'list' });
    attributes(list, { role: 'listbox', 'aria-label': label.textContent });
    label.htmlFor = 'search';
    select.hidden = true;
    select.before(box);
    box.append(field, list);
    select.addEventListener('change', show);
    window.addEventListener('pageshow', show);
    show();

    function attributes(element, all) {
      for (var name in all) {
        element.setAttribute(name, all[name]);
      }
    }

    function show() {
      field.value = select.value ? select.selectedOptions[0].text.trim() : '';
      field.placeholder = select.value ? '' : select.options[0].text.trim();
    }

    function plain(text) {
      return text.normalize('NFD').replace(/[\p{M}\u200e]/gu, '').toLowerCase();
    }

    function open(query) {
      var words = plain(query).trim();
      found = Array.from(select.options).filter(function (option) {
        return option.value && (' ' + plain(option.text)).replace('+', '+ ').indexOf(' ' + words.replace(/^\+/, '')) >= 0;
      });
      // India before the British Indian Ocean Territory.
      found.sort(function (one, other) {
        return plain(other.text).startsWith(words) - plain(one.text).startsWith(words);
      });
      list.replaceChildren.apply(list, found.map(function (option, index) {
        var item = document.createElement('li');
        attributes(item, { role: 'option', id: 'o' + index, 'aria-selected': 'false' });
        item.textContent = option.text.trim();
        return item;
      }));
      list.hidden = found.length === 0;
      field.setAttribute('aria-expanded', String(!list.hidden));
      move(words ? 0 : found.indexOf(select.selectedOptions[0]));
    }

    function move(to) {
      if (list.children[active]) {
        list.children[active].setAttribute('aria-selected', 'false');
      }
      active = found.length ? Math.max(-1, Math.min(to, found.length - 1)) : -1;
      if (active < 0) {
        field.removeAttribute('aria-activedescendant');
        return;
      }
      list.children[active].setAttribute('aria-selected', 'true');
      list.children[active].scrollIntoView({ block: 'nearest' });
      field.setAttribute('aria-activedescendant', 'o' + active);
    }

    function close() {
      list.hidden = true;
      field.setAttribute('aria-expanded', 'false');
      field.removeAttribute('aria-activedescendant');
      show();
    }

    function take(index) {
      choose(found[index].value);
      close();
    }

    field.addEventListener('focus', function () { field.select(); });
    field.addEventListener('click', function () { open(''); });
    field.addEventListener('input', function () { open(field.value); });
    field.addEventListener('blur', function () {
      if (!list.hidden && active >= 0 && field.value !== select.selectedOptions[0].text.trim()) {
        choose(found[active].value);
      }
      close();
    });
    field.addEventListener('keydown', function (event) {
      var step = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key];
      if (step) {
        event.preventDefault();
        if (list.hidden) {
          open('');
        } else {
          move(Math.max(0, active + step));
        }
      } else if (event.key === 'Enter' && !list.hidden) {
        event.preventDefault();
        if (active >= 0) {
          take(active);
        }
      } else if (event.key === 'Escape') {
        close();
      }
    });
    // The field keeps the focus.
    list.addEventListener('mousedown', function (event) { event.preventDefault(); });
    list.addEventListener('click', function (event) {
      var index = Array.from(list.children).indexOf(event.target.closest('li'));
      if (index >= 0) {
        take(index);
        phone.focus();
      }
    });
  }
})();
