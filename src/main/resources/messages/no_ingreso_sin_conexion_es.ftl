${student} no registra ingreso a las ${time}; una puerta está sin conexión

Hola:

${student} no registra ingreso a las ${time} (entrada ${entry}).
Una de las puertas está sin conexión; puede que haya entrado. Te avisaremos en cuanto lo sepamos.

-- 
Aviso automático de ${school}. No hace falta responder.
