{{- define "podwire.name" -}}
{{- if contains .Chart.Name .Release.Name -}}
{{- .Release.Name | trunc 53 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name .Chart.Name | trunc 53 | trimSuffix "-" -}}
{{- end -}}
{{- end }}

{{- define "podwire.selector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "podwire.labels" -}}
{{ include "podwire.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- end }}

{{- /* The port of health and metrics, of which the settings are the one source. */ -}}
{{- define "podwire.port" -}}
{{ index .Values.settings "http.port" | default "8080" }}
{{- end }}

{{- define "podwire.properties" -}}
{{- range $key, $value := .Values.settings -}}
{{ $key }}={{ $value | replace "\\" "\\\\" }}
{{ end -}}
{{- with .Values.namespaces -}}
policy.namespaces={{ join "," . }}
{{ end -}}
{{- end }}

{{- /* All that a worker asks for, and every verb of it is used. */ -}}
{{- define "podwire.rules" -}}
- apiGroups: [""]
  resources: [pods]
  verbs: [get, list, watch, create, delete]
- apiGroups: [""]
  resources: [pods/log]
  verbs: [get]
{{- end }}

{{- define "podwire.subjects" -}}
- kind: ServiceAccount
  name: {{ include "podwire.name" . }}
  namespace: {{ .Release.Namespace }}
{{- end }}
