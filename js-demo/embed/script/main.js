// A page of the old kind: one script makes one global, `Huisuan`.

(function () {
  var areas = ["370683", "370211", "990101"];
  var find = function (id) { return document.getElementById(id); };
  var packs = areas.map(function (area) { return fetch("/packs/" + area + ".json"); });

  Huisuan.createEngine({ packs: packs }).then(function (engine) {
    find("ask").addEventListener("click", function () {
      var answer = engine.evaluate(find("household").value, { date: find("date").value });
      find("answer").textContent = JSON.stringify(answer, null, 1);
    });
    find("ask").disabled = false;
  });
})();
