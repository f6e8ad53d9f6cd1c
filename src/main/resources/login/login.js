// The pages work without this script; it only saves users some waiting and typing.
(function () {
  'use strict';
  var leaving = new AbortController();

  // Submit a form once; after a step back it may be submitted again.
  var pressed = null;
  document.addEventListener('submit', function (event) {
    var button = event.submitter || event.target.querySelector('button');
    if (button.getAttribute('aria-disabled') === 'true') {
      event.preventDefault();
      return;
    }
    pressed = button;
    button.setAttribute('aria-disabled', 'true');
    leaving.abort();
  });
  window.addEventListener('pageshow', function () {
    if (pressed) {
      pressed.removeAttribute('aria-disabled');
    }
  });

  // Screen readers announce changes, not the initial content.
  var done = document.querySelector('.done');
  if (done) {
    var text = done.textContent;
    done.textContent = '';
    setTimeout(function () { done.textContent = text; }, 200);
  }

  var wait = document.getElementById('wait');
  if (wait) {
    // The clock of a computer may be set meanwhile.
    countDown(wait.dataset.seconds * 1000 + performance.now());
  }

  function countDown(end) {
    var buttons = wait.parentNode.querySelectorAll('button');
    var clock = wait.querySelector('bdi');
    var ready = document.getElementById('ready');
    buttons.forEach(function (button) { button.setAttribute('aria-disabled', 'true'); });
    tick();

    function tick() {
      var left = Math.ceil((end - performance.now()) / 1000);
      if (left > 0) {
        clock.textContent = format(left);
        setTimeout(tick, 250);
        return;
      }
      wait.hidden = true;
      buttons.forEach(function (button) {
        button.removeAttribute('aria-disabled');
        button.removeAttribute('aria-describedby');
      });
      ready.textContent = ready.dataset.text;
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

  // If the message's last line names this page's host, the phone autofills the code (WebOTP).
  var code = document.getElementById('code');
  if (code && 'OTPCredential' in window) {
    navigator.credentials.get({ otp: { transport: ['sms'] }, signal: leaving.signal }).then(function (otp) {
      code.value = otp.code;
      code.form.requestSubmit();
    }, function () {});
  }
})();
