// The pages work without this script; it only saves users some waiting and typing.
(function () {
  'use strict';
  var leaving = new AbortController();
  var status = document.getElementById('status');

  // Submit a form once, and show that it is under way; after a step back it may be submitted again.
  var pressed = null;
  document.addEventListener('submit', function (event) {
    var button = event.submitter || event.target.querySelector('button');
    if (button.getAttribute('aria-disabled') === 'true') {
      event.preventDefault();
      return;
    }
    show(button);
    leaving.abort();
  });
  window.addEventListener('pageshow', function (event) {
    if (event.persisted) {
      restore();
    }
  });

  function show(button) {
    pressed = { button: button, label: button.innerHTML };
    button.setAttribute('aria-disabled', 'true');
    button.classList.add('busy');
    button.textContent = status.textContent = status.dataset.pending;
  }

  function restore() {
    if (pressed) {
      pressed.button.removeAttribute('aria-disabled');
      pressed.button.classList.remove('busy');
      pressed.button.innerHTML = pressed.label;
      status.textContent = '';
      pressed = null;
    }
  }

  // Screen readers announce changes, not the initial content.
  var done = document.querySelector('.done');
  if (done) {
    setTimeout(function () { status.textContent = done.textContent; }, 200);
  }

  var wait = document.querySelector('[data-seconds]');
  if (wait) {
    // The clock of a computer may be set meanwhile.
    countDown(wait.dataset.seconds * 1000 + performance.now());
  }

  function countDown(end) {
    var buttons = wait.form.querySelectorAll('button');
    var clock = wait.querySelector('bdi');
    buttons.forEach(function (button) { button.setAttribute('aria-disabled', 'true'); });
    tick();

    function tick() {
      var left = Math.ceil((end - performance.now()) / 1000);
      if (left > 0) {
        clock.textContent = format(left);
        setTimeout(tick, 250);
        return;
      }
      buttons.forEach(function (button) { button.removeAttribute('aria-disabled'); });
      wait.textContent = wait.dataset.text;
      status.textContent = wait.dataset.ready;
    }
  }

  function format(seconds) {
    var parts = [Math.floor(seconds / 60) % 60, seconds % 60];
    if (seconds >= 3600) {
      parts.unshift(Math.floor(seconds / 3600));
    }
    return parts.map(function (part, place) {
      return place > 0 && part < 10 ? '0' + part : part;
    }).join(':');
  }

  var error = document.getElementById('error');
  var puzzle = document.querySelector('[name=proof_of_work]');
  // Without HTTPS there is no crypto.subtle: then the user waits, as without scripts.
  if (puzzle && window.crypto && crypto.subtle) {
    solve().catch(function () {
      restore();
      error.hidden = false;
    });
  }

  async function solve() {
    var button = puzzle.form.querySelector('[value="' + puzzle.dataset.channel + '"]') ||
      puzzle.form.querySelector('button');
    var text = new TextEncoder();
    var salt = text.encode(puzzle.value.slice(0, -1));
    error.hidden = true;
    show(button);
    for (var number = 0; ; number++) {
      var key = await crypto.subtle.importKey('raw', text.encode(number), 'PBKDF2', false, ['deriveBits']);
      var bits = await crypto.subtle.deriveBits(
        { name: 'PBKDF2', hash: 'SHA-256', salt: salt, iterations: +puzzle.dataset.iterations }, key, 256);
      if (new Uint8Array(bits)[0] === parseInt(puzzle.dataset.prefix, 16)) {
        break;
      }
    }
    puzzle.value += number;
    if (!leaving.signal.aborted) {
      restore();
      button.click();
    }
  }

  var code = document.getElementById('code');
  if (code) {
    submitWhenFull();
  }

  function submitWhenFull() {
    var before = 0;
    // Who does not see the form change has to know that it does (WCAG 2.2, 3.2.2).
    var full = document.getElementById('full');
    full.textContent = full.dataset.text;
    code.addEventListener('input', function () {
      var digits = code.value.replace(/[^\p{L}\p{Nd}]/gu, '');
      if (before < 6 && /^\p{Nd}{6}$/u.test(digits)) {
        code.form.querySelector('button').click();
      }
      before = digits.length;
    });
  }

  // If the message's last line names this page's host, the phone autofills the code (WebOTP).
  if (code && 'OTPCredential' in window) {
    navigator.credentials.get({ otp: { transport: ['sms'] }, signal: leaving.signal }).then(function (otp) {
      code.value = otp.code;
      code.form.querySelector('button').click();
    }, function () {});
  }
})();
